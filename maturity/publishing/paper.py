"""The frame of a page that leaves the house as one HTML file: nothing else is needed, and there is no script."""

from __future__ import annotations

from html import escape


def page(title: str, style: str, said: str, body: str) -> str:
    """A whole page. `title` is a text; `style`, `said` (below the heading) and `body` are CSS and HTML as they are."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
<main>
<header>
<h1>{escape(title)}</h1>
<p>{said}</p>
</header>
{body}
</main>
</body>
</html>
"""
