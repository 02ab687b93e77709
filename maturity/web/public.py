"""The public site under `/public`: plain files from memory, without script, cookie or request to anywhere else."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from maturity.operations.public_site import Site, organisations_with_a_site, site
from maturity.operations.workspace import Workspace
from maturity.web.small_page import small_page
from maturity.web.threads import reading

DEMO = "demo"
TYPES = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "json": "application/json", "xml": "application/xml", "png": "image/png", "txt": "text/plain; charset=utf-8",
}  # fmt: skip
FEEDS = {"feed.xml": "application/rss+xml; charset=utf-8", "feed.json": "application/feed+json"}
POLICY = "default-src 'none'; style-src {style}; img-src 'self' data:; form-action 'self'; base-uri 'none'; " \
    "frame-ancestors 'self'"  # fmt: skip
SMALL = 1_000
Found = Callable[[], Workspace | None]


def public_routes(own: Found, demo: Found) -> list[Route]:
    """`GET /public/...`: the sites of the own store, and those of the demo store under `/public/demo/`."""

    async def answer(request: Request) -> Response:
        path = request.path_params.get("path", "")
        first, _, rest = path.partition("/")
        is_demo = first == DEMO
        return await reading(_answer, request, (demo if is_demo else own)(), rest if is_demo else path, is_demo)

    return [
        Route("/public", lambda request: RedirectResponse("/public/", status_code=308), methods=["GET"]),
        Route("/public/{path:path}", answer, methods=["GET"]),
    ]


def _answer(request: Request, workspace: Workspace | None, path: str, is_demo: bool) -> Response:
    root = f"/public/{DEMO}/" if is_demo else "/public/"
    if workspace is None:
        return small_page("Nothing is published here", "<p>Nothing has been published yet.</p>", status=404)
    slug, slash, rest = path.partition("/")
    if not slug:
        return _list(workspace, root)
    mount = f"{root}{slug}/"
    found = site(workspace, slug, served=True, mount=mount)
    if found is None:
        return small_page("Nothing is published here", "<p>Nothing has been published at this address.</p>", status=404)
    return _file(request, found, rest) if slash else RedirectResponse(mount, status_code=308)


def _list(workspace: Workspace, root: str) -> Response:
    found = organisations_with_a_site(workspace)
    if len(found) == 1:
        return RedirectResponse(f"{root}{found[0].slug}/", status_code=302)
    if not found:
        return small_page("Nothing is published here", "<p>Nothing has been published yet.</p>", status=404)
    links = "".join(f'<li><a href="{root}{each.slug}/">{escape(each.name)}</a></li>' for each in found)
    return small_page("Public roadmaps", f"<ul>{links}</ul>")


def _file(request: Request, found: Site, path: str) -> Response:
    name = f"{path}index.html" if path == "" or path.endswith("/") else path
    content = found.files.get(name)
    if content is None:
        return _sent(request, found.files["404.html"], "404.html", 404)
    return _sent(request, content, name, 200)


def _sent(request: Request, content: bytes, name: str, status: int) -> Response:
    tag = f'W/"{sha256(content).hexdigest()[:32]}"'
    short = name.rpartition("/")[2]
    headers = {
        "etag": tag,
        "cache-control": "public, max-age=300" if status == 200 else "no-store",
        "content-security-policy": POLICY.format(style=_styles(content) if status == 404 else "'self'"),
        "vary": "accept-encoding",
    }
    if status == 200 and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if len(content) > SMALL and "gzip" in request.headers.get("accept-encoding", "") and not short.endswith("png"):
        content = gzip.compress(content, 6, mtime=0)
        headers["content-encoding"] = "gzip"
    kind = FEEDS.get(short) or TYPES.get(short.rpartition(".")[2], "text/plain; charset=utf-8")
    return Response(content, status_code=status, headers=headers, media_type=kind)


def _styles(page: bytes) -> str:
    found = re.findall(rb"<style>(.*?)</style>", page, re.DOTALL)
    return " ".join(["'self'", *(f"'sha256-{b64encode(sha256(each).digest()).decode()}'" for each in found)])
