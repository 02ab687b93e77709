"""`/public/<organisation>/<language>/say` and `/view`: residents are heard here, without account, script or cookie.

What is kept of who sends is nothing. A form comes back with what was typed in it whenever it is not taken, and after
one that was taken the browser is sent on, so that going back or loading anew sends nothing twice.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from html import escape
from typing import Any
from urllib.parse import quote
from uuid import UUID

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from maturity.access.form_stamps import FormStamp, read_stamp, sealed
from maturity.assessment.resident_view import TWIN_ANSWERS, TWIN_QUESTIONS
from maturity.operations import public_comments, public_forms
from maturity.operations.public_forms import CommentForm, Problem, Trouble, ViewForm
from maturity.operations.public_place import Flooded, NotPublished, PublicPlace, form_key, public_place
from maturity.operations.resident_views import receive_views, topics_asked
from maturity.operations.workspace import StoreRefused, Workspace
from maturity.roadmap.comments import CommentRefused
from maturity.roadmap.editions import LANGUAGES
from maturity.web.allowances import network
from maturity.web.form_limits import FormLimits
from maturity.web.forms import FormRefused, fields_of
from maturity.web.same_origin import from_our_page
from maturity.web.small_page import small_page
from maturity.web.threads import reading, writing

Answer = Callable[[Request], Awaitable[Response]]
Found = Callable[[], Workspace | None]
ROOT = "/public"
MOST_BYTES, MOST_FIELDS = 65_536, 400
LONGEST_KEPT = 8_000
FEWEST_SECONDS, MOST_SECONDS = 3, 24 * 3600
STATUS = {"often": 429, "flood": 503, "busy": 503}
STYLE = "pre { font: inherit; white-space: pre-wrap; padding: 0.75rem; background: var(--tint); }"
HEADERS = {
    "cache-control": "no-store",
    # Not "no-referrer": a browser would then send its form with the origin "null", which a foreign page may do too.
    "referrer-policy": "strict-origin",
    "content-security-policy": "; ".join(
        [
            "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "form-action 'self'", "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    ),
}  # fmt: skip


class FormDoor:
    """The answers to residents of one store, whose sites are below `root`. `now` gives seconds since 1970."""

    def __init__(
        self, store: Found, limits: FormLimits, now: Callable[[], float] = time.time, root: str = ROOT
    ) -> None:
        self.store, self.limits, self.now, self.root = store, limits, now, root
        self.keys: dict[Workspace, str] = {}

    async def ask(self, request: Request) -> Response:
        """The form for a comment, or the thanks for one."""
        workspace, place, language = await self._place(request)
        action = _action(request, place)
        if action is None and (wanted := request.query_params.get("action")):
            if place.edition.action(wanted) is None:
                raise NotPublished("this action is not in the roadmap")
            return RedirectResponse(f"{quote(request.url.path)}/{quote(wanted)}", status_code=302)
        sent = request.query_params.get("sent") == "1"
        form = CommentForm(action=action, stamp=await self._stamp(workspace), sent=sent)
        return await self._comment_page(workspace, place, form, language)

    async def say(self, request: Request) -> Response:
        """Takes a comment in, and sends the browser on to the thanks; or shows the form again with its text."""
        fields = await fields_of(request, MOST_BYTES, MOST_FIELDS)
        text = request.state.text = fields.get("text", [""])[0]
        workspace, place, language = await self._place(request)
        if fields.get("website", [""])[0].strip():
            return _on(request)  # a program filled in what nobody sees: it is thanked, and nothing is kept
        wanted = request.path_params.get("action")
        action = place.edition.action(wanted) if wanted is not None else None
        stamp, problem = await self._checked(request, workspace, fields)
        length = 0
        if wanted is not None and action is None:
            problem = "gone"
        elif problem == "too_fast" and not text.strip():
            problem = "empty"
        elif not problem:
            slug, about = place.slug, action.slug if action else None
            try:
                await writing(public_comments.receive, workspace, slug, about, language, text, stamp.number)
                return _on(request)
            except CommentRefused as refused:
                problem, length = refused.code, refused.length
            except Flooded:
                problem = "flood"
            except StoreRefused:
                problem = "busy"
        form = CommentForm(
            action=action, stamp=await self._stamp(workspace, stamp), text=text[:LONGEST_KEPT],
            problem=problem, length=length,  # type: ignore[arg-type]
        )  # fmt: skip
        return await self._comment_page(workspace, place, form, language, STATUS.get(problem, 422))

    async def choose(self, request: Request) -> Response:
        """The form for views: which topics, then the questions about those that were chosen; or the thanks."""
        workspace, place, language = await self._place(request)
        topics = await self._topics(workspace, place)
        chosen = _chosen(request.query_params.getlist("topic"), topics)
        sent = request.query_params.get("sent") == "1"
        problem: Problem = "no_topic" if "asked" in request.query_params and not chosen else ""
        form = ViewForm(
            topics=topics, chosen=chosen, stamp=await self._stamp(workspace), sent=sent, problem=problem
        )  # fmt: skip
        return await self._view_page(workspace, place, form, language)

    async def view(self, request: Request) -> Response:
        """Takes views in, and sends the browser on to the thanks; or shows the form again with its answers."""
        workspace, place, language = await self._place(request)
        topics, fields = await self._topics(workspace, place), await fields_of(request, MOST_BYTES, MOST_FIELDS)
        if fields.get("website", [""])[0].strip():
            return _on(request)
        chosen = _chosen(fields.get("topic", []), topics)
        answers: dict[tuple[str, str], str] = {
            (topic, question): given
            for topic in chosen
            for question in TWIN_QUESTIONS
            if (given := fields.get(f"{topic}.{question}", [""])[0]) in TWIN_ANSWERS
        }
        stamp, problem = await self._checked(request, workspace, fields)
        if not problem:
            views = {topic: {q: given for (t, q), given in answers.items() if t == topic} for topic in chosen}
            if any(given != "unknown" for given in answers.values()):
                try:
                    await writing(receive_views, workspace, place.slug, views, stamp.number)
                    return _on(request)
                except StoreRefused:
                    problem = "busy"
            else:
                problem = "nothing"
        form = ViewForm(
            topics=topics, chosen=chosen, stamp=await self._stamp(workspace, stamp), answers=answers,
            problem=problem,  # type: ignore[arg-type]
        )  # fmt: skip
        return await self._view_page(workspace, place, form, language, STATUS.get(problem, 422))

    async def _place(self, request: Request) -> tuple[Workspace, PublicPlace, str]:
        workspace, place = await reading(self._find, request.path_params["slug"])
        language = request.path_params["language"]
        if language not in (place.edition.languages or ("en",)):
            raise NotPublished("the roadmap is not published in this language")
        return workspace, place, language

    def _find(self, slug: str) -> tuple[Workspace, PublicPlace]:
        workspace = self.store()
        if workspace is None:
            raise NotPublished("nothing is published at this address")
        return workspace, public_place(workspace, slug)

    async def _topics(self, workspace: Workspace, place: PublicPlace) -> dict[str, str]:
        if "twin" not in place.edition.fields:
            return {}
        return dict(await reading(topics_asked, workspace, place))

    async def _checked(
        self, request: Request, workspace: Workspace, fields: dict[str, list[str]]
    ) -> tuple[FormStamp, str]:
        """The form's stamp, a fresh one where it has none of ours, and why it cannot be taken now; "" where it can."""
        stamp = read_stamp(await self._key(workspace), fields.get("stamp", [""])[0])
        age = self.now() - stamp.at if stamp else float("inf")
        if stamp is None or age > MOST_SECONDS:
            return self._fresh(), "too_old"
        if age < FEWEST_SECONDS:
            return stamp, "too_fast"
        address = request.client.host if request.client else ""
        return stamp, "" if self.limits.take(network(address)) else "often"

    async def _comment_page(
        self, workspace: Workspace, place: PublicPlace, form: CommentForm, language: str, status: int = 200
    ) -> Response:
        made = await reading(public_forms.comment_form, workspace, place, form, language, self._mount(place))
        return Response(made, status, HEADERS, media_type="text/html")

    async def _view_page(
        self, workspace: Workspace, place: PublicPlace, form: ViewForm, language: str, status: int = 200
    ) -> Response:
        made = await reading(public_forms.view_form, workspace, place, form, language, self._mount(place))
        return Response(made, status, HEADERS, media_type="text/html")

    def _mount(self, place: PublicPlace) -> str:
        return f"{self.root}/{place.slug}/"

    def _fresh(self) -> FormStamp:
        return FormStamp(UUID(bytes=os.urandom(16), version=4), int(self.now()))

    async def _stamp(self, workspace: Workspace, stamp: FormStamp | None = None) -> str:
        return sealed(await self._key(workspace), stamp or self._fresh())

    async def _key(self, workspace: Workspace) -> str:
        if workspace not in self.keys:
            self.keys[workspace] = await writing(form_key, workspace, secrets.token_hex(32))
        return self.keys[workspace]


def public_form_routes(
    own: Found, demo: Found = lambda: None, limits: FormLimits | None = None, now: Callable[[], float] = time.time
) -> list[Route]:
    """The forms below `/public`, those of the demo store below `/public/demo`; they stand before the routes of the
    site's files."""
    counted = limits or FormLimits()
    return [*_routes(f"{ROOT}/demo", demo, counted, now), *_routes(ROOT, own, counted, now)]


def _routes(root: str, store: Found, limits: FormLimits, now: Callable[[], float]) -> list[Route]:
    door, below = FormDoor(store, limits, now, root), f"{root}/{{slug}}/{{language}}"
    say, view = f"{below}/{public_forms.FORM}", f"{below}/{public_forms.VIEW_FORM}"
    return [
        *(Route(path, _answered(door.ask), methods=["GET"]) for path in (say, f"{say}/{{action}}")),
        *(Route(path, _answered(door.say), methods=["POST"]) for path in (say, f"{say}/{{action}}")),
        Route(view, _answered(door.choose), methods=["GET"]),
        Route(view, _answered(door.view), methods=["POST"]),
    ]


def _answered(answer: Answer) -> Answer:
    """The answer, or a page that says in one sentence why there is none. No foreign page sends our forms."""

    async def answered(request: Request) -> Response:
        if request.method == "POST" and not from_our_page(request):
            return _trouble(request, "foreign", 403)
        try:
            return await answer(request)
        except NotPublished:
            return _trouble(request, "no_form", 404)
        except FormRefused as refused:
            return _trouble(request, "too_much", refused.status)
        except StoreRefused:
            return _trouble(request, "busy", 503)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it: the connection broke while the form came in

    return answered


def _trouble(request: Request, trouble: Trouble, status: int) -> Response:
    """A page in the reader's language, with what they wrote: a browser may not have it any more when they go back."""
    asked = request.path_params["language"]
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    title, sentence, above, back = public_forms.trouble_words(trouble, language)
    text = getattr(request.state, "text", "")[:LONGEST_KEPT]
    kept = f'<h2>{escape(above)}</h2><pre dir="auto">{escape(text)}</pre>' if text.strip() else ""
    site = quote(request.url.path.rpartition(f"/{asked}/")[0])
    body = f'<p>{escape(sentence)}</p>{kept}<p><a href="{site}/">{escape(back)}</a></p>'
    return small_page(title, body, status=status, style=STYLE, language=language)


def _action(request: Request, place: PublicPlace) -> Any:
    """The action that the address names, None where it names none; `NotPublished` where it is not in the edition."""
    slug = request.path_params.get("action")
    found = place.edition.action(slug) if slug is not None else None
    if slug is not None and found is None:
        raise NotPublished("this action is not in the roadmap")
    return found


def _chosen(given: Sequence[str], topics: dict[str, str]) -> tuple[str, ...]:
    wanted = set(given)
    return tuple(code for code in topics if code in wanted)[: public_forms.MOST_TOPICS]


def _on(request: Request) -> RedirectResponse:
    address = f"{quote(request.url.path)}?sent=1"
    return RedirectResponse(address, status_code=303, headers={"cache-control": "no-store"})
