"""What a visitor sees who may not be let in: how sign-in is set up, and nothing about the organisation."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from maturity.web.small_page import small_page

BODY = """
<p>Until it is, Waymark answers only to a browser on the computer that it runs on.</p>
<h2>If you look after this installation</h2>
<ol>
  <li>On that computer, open <code>http://localhost:8501</code> (or the port you chose), directly and not through a
      proxy.</li>
  <li>To let others in, give somebody a personal link:
      <code>python -m maturity person add "Your name" --role administrator --link</code>. Or give Waymark a sign-in
      provider: an <code>[auth]</code> section in <code>.streamlit/secrets.toml</code>; then start it again.</li>
</ol>
<h2>If you were sent this address</h2>
<p>Ask the person who sent it to set up sign-in.</p>
"""


async def send_instructions(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer any path and method with 403 and the instructions."""
    await small_page("Sign-in is not set up here", BODY, status=403)(scope, receive, send)
