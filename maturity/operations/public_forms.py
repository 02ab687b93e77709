"""The pages of public forms, made from what is published now."""

from __future__ import annotations

from dataclasses import replace

from maturity.operations.public_comments import said
from maturity.operations.public_place import NotPublished, PublicPlace
from maturity.operations.public_site import site
from maturity.operations.workspace import Workspace
from maturity.publishing.site.facts import SiteFacts
from maturity.publishing.site.forms import (
    MOST_TOPICS,
    CommentForm,
    Problem,
    Trouble,
    ViewForm,
    comment_page,
    trouble_words,
    view_page,
)
from maturity.publishing.site.frame import FORM, VIEW_FORM

__all__ = [
    "FORM",
    "MOST_TOPICS",
    "VIEW_FORM",
    "CommentForm",
    "Problem",
    "Trouble",
    "ViewForm",
    "comment_form",
    "trouble_words",
    "view_form",
]


def comment_form(workspace: Workspace, place: PublicPlace, form: CommentForm, language: str, mount: str) -> bytes:
    """The form for a comment with what became of earlier ones: those on the action, or all where it is about none.
    `mount` is the path at which the site is served."""
    with workspace.store.reading() as tx:
        every = said(tx, place.id) if "said" in place.edition.fields else ()
    shown = tuple(each for each in every if form.action is None or each.slug == form.action.slug)
    return comment_page(_facts(workspace, place, mount), replace(form, said=shown), language)


def view_form(workspace: Workspace, place: PublicPlace, form: ViewForm, language: str, mount: str) -> bytes:
    """The form for views, served below `mount`."""
    return view_page(_facts(workspace, place, mount), form, language)


def _facts(workspace: Workspace, place: PublicPlace, mount: str) -> SiteFacts:
    """What the site around the forms says, as its other pages say it."""
    found = site(workspace, place.slug, served=True, mount=mount)
    if found is None:
        raise NotPublished("no public roadmap is published at this address")
    return found.facts
