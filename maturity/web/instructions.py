"""What a visitor sees who may not be let in: how sign-in is set up, and nothing about the organisation."""

from __future__ import annotations

from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign-in is not set up · Waymark</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 3rem auto; padding: 0 1rem;
         color: #14202b; background: #ffffff; }
  code { background: #eef2f6; padding: 0.1rem 0.3rem; border-radius: 0.2rem; overflow-wrap: anywhere; }
  @media (prefers-color-scheme: dark) {
    body { color: #eef3f7; background: #0f1720; }
    code { background: #1d2a37; }
  }
</style>
</head>
<body>
<main>
<h1>Sign-in is not set up here</h1>
<p>Until it is, Waymark answers only to a browser on the computer that it runs on.</p>
<h2>If you look after this installation</h2>
<ol>
  <li>On that computer, open <code>http://localhost:8501</code> (or the port you chose), directly and not through a
      proxy.</li>
  <li>To let others in, give Waymark a sign-in provider: an <code>[auth]</code> section in
      <code>.streamlit/secrets.toml</code>, then start it again.</li>
</ol>
<h2>If you were sent this address</h2>
<p>Ask the person who sent it to set up sign-in.</p>
</main>
</body>
</html>
"""


async def send_instructions(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer any path and method with 403 and the instructions."""
    response = HTMLResponse(PAGE, status_code=403, headers={"cache-control": "no-store"})
    await response(scope, receive, send)
