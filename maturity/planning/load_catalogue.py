"""Reads action catalogues, and checks that one fits the framework it says it is for."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from maturity.framework.load import read_document, validated
from maturity.framework.model import Framework, FrameworkError
from maturity.planning.catalogue import ActionCatalogue, CatalogueAction, CatalogueError


def load_catalogue(path: Path) -> ActionCatalogue:
    """The catalogue in a YAML file, or `CatalogueError` with file, line and rule."""
    try:
        document = read_document(path)
    except FrameworkError as error:
        raise CatalogueError(str(error)) from None
    catalogue = validated(ActionCatalogue, document, CatalogueError)
    for action in catalogue.actions:
        check_raises_something(action)
    return catalogue


def check_raises_something(action: CatalogueAction) -> None:
    """Raise `CatalogueError` for an action that raises no topic; one that is fitted to fewer topics may raise none."""
    if not action.raises:
        raise CatalogueError(f"action {action.id!r} raises no topic; name one with from_level and to_level")


def fitted(catalogue: ActionCatalogue, framework: Framework) -> ActionCatalogue:
    """The catalogue for a framework that has only some of its topics: no action raises a topic that is not there.

    Every action stays, because one that raises nothing any more may still be required by another."""
    topics = frozenset(framework.topics)
    actions = tuple(fitted_action(action, topics) for action in catalogue.actions)
    if all(fit is action for fit, action in zip(actions, catalogue.actions, strict=True)):
        return catalogue
    return with_actions(catalogue, actions)


def fitted_action(action: CatalogueAction, topics: Collection[str]) -> CatalogueAction:
    """The action without what it raises of other topics; itself where there is nothing of the kind."""
    kept = tuple(lift for lift in action.raises if lift.topic in topics)
    return action if len(kept) == len(action.raises) else action.model_copy(update={"raises": kept})


def with_actions(catalogue: ActionCatalogue, actions: tuple[CatalogueAction, ...]) -> ActionCatalogue:
    """The catalogue with other actions, not validated. Made anew: a copy would keep the actions by id."""
    fields = {name: getattr(catalogue, name) for name in ActionCatalogue.model_fields}
    return ActionCatalogue.model_construct(**{**fields, "actions": actions})


def check_catalogue(catalogue: ActionCatalogue, framework: Framework) -> None:
    """Raise `CatalogueError` where the catalogue is for another framework, or names topics or levels it lacks."""
    if catalogue.framework != framework.id:
        raise CatalogueError(
            f"catalogue {catalogue.id!r} is for the framework {catalogue.framework!r}, not {framework.id!r}; "
            "choose the catalogue of this framework"
        )
    for action in catalogue.actions:
        check_topics(action, framework)


def check_topics(action: CatalogueAction, framework: Framework) -> None:
    """Raise `CatalogueError` where an action names topics or levels that the framework lacks."""
    for lift in action.raises:
        _check_topic(action.id, lift.topic, lift.to_level, framework)


def _check_topic(action: str, topic: str, to_level: int, framework: Framework) -> None:
    if topic not in framework.topics:
        raise CatalogueError(
            f"action {action!r} raises the topic {topic!r}, which framework {framework.id!r} does not have; "
            "mend the topic's id"
        )
    if to_level > framework.top_level:
        raise CatalogueError(
            f"action {action!r} raises {topic!r} to level {to_level}, but the scale of framework {framework.id!r} "
            f"ends at {framework.top_level}; lower to_level"
        )
