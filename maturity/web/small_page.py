"""Our own small pages: no other files, at most a few lines of script, readable on any screen, in light and dark, and by
any reader."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from html import escape

from starlette.responses import HTMLResponse

STYLE = """
:root { color-scheme: light dark; --ink: #14202b; --paper: #ffffff; --tint: #eef2f6; --accent: #12436d; --on: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef3f7; --paper: #0f1720; --tint: #1d2a37; --accent: #7cc0f5; --on: #0f1720; }
}
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 3rem auto; padding: 0 1rem;
  color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1 { line-height: 1.25; }
code { background: var(--tint); padding: 0.1rem 0.3rem; border-radius: 0.2rem; }
a { color: var(--accent); }
button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: 0.5rem 1.25rem; border: 0;
  border-radius: 0.375rem; color: var(--on); background: var(--accent); cursor: pointer; }
:is(a, button):focus-visible { outline: 3px solid #ffdd00; outline-offset: 2px; box-shadow: 0 0 0 6px #14202b; }
"""


@lru_cache(maxsize=32)
def policy(style: str, script: str) -> str:
    """What a page with these texts may do: use them, and nothing else; a script may ask this server."""
    scripts = [f"script-src {_hash(script)}", "connect-src 'self'"] if script else []
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src {_hash(style)}",
            *scripts,
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def small_page(
    title: str,
    body: str,
    *,
    status: int = 200,
    heading: str | None = None,
    above: str = "",
    style: str = "",
    script: str = "",
    language: str = "en",
) -> HTMLResponse:
    """A whole page; `title` is text, `body` is HTML below the heading, which says the same unless `heading` is given.

    `above` is HTML before the heading. `style` and `script` are a page's own, always the same text: the policy allows
    them by their hashes."""
    whole = STYLE + style
    text = f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)} · Waymark</title>
<style>{whole}</style>
</head>
<body>
<main>
{above}<h1>{escape(heading or title)}</h1>
{body}
</main>
{f"<script>{script}</script>" if script else ""}</body>
</html>
"""
    # Not "no-referrer": a browser would then send its form with the origin "null", which a foreign page may do too.
    headers = {
        "cache-control": "no-store",
        "referrer-policy": "strict-origin",
        "content-security-policy": policy(whole, script),
    }
    return HTMLResponse(text, status_code=status, headers=headers)
