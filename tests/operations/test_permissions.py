"""Every role, every operation, own objects and foreign ones: made from the tables in `access/`, none skipped."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from maturity import operations
from maturity.access.asked import ASKED
from maturity.access.permissions import INSTALLATION_WIDE, MAY, NotPermitted
from maturity.access.roles import NOBODY, OF_A_DEPARTMENT, ROLES, Grant, Role, Visitor
from maturity.operations import setup
from maturity.operations.errors import Refused
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store

from .city import ADMIN
from .permission_calls import CALLS, NOW, Town, build, watch

# Not operations of their own: what operations are built from. Each asks, or is told, what its caller has asked.
PARTS = {
    "acceptance.role_ids",
    "actions.change_one",
    "changes.change",
    "decisions_needed.needed_of",
    "edition_making.around",
    "edition_steps.found_edition",
    "edition_steps.turned",
    "early_sight.is_shown",
    "early_sight.readable",
    "early_sight.require_any_shown",
    "early_sight.require_shown",
    "early_sight.sees",
    "frameworks.keep_framework",
    "given_roles.changed_people",
    "given_roles.give",
    "given_roles.place_of_role",
    "kpi_subjects.measuring",
    "kpi_subjects.owned",
    "kpi_subjects.reportable",
    "leadership_bullets.plan_bullets",
    "leadership_bullets.round_bullets",
    "leadership_round.priority_now",
    "people_lines.read_lines",
    "plan_making.question_of",
    "readiness.caps_of",
    "rounds.turn_round",
    "setup.organisation",
    "setup.the_organisation",
    "standing.the_round",
    "targets.target_rules",
    "targets.targets_for",
    "workshops.take",
}
# People of the store who lead nothing yet cannot be told apart by a role: who was away comes back with none.
OF_NOBODY = {"people.person_is_back"}
FOREIGN_SAID = ("there is no organisation", "is in no plan", "has no round")


def public_operations() -> set[str]:
    """Every public function of `operations` that takes a workspace and a visitor."""
    found = set()
    for module in pkgutil.iter_modules(operations.__path__):
        room = importlib.import_module(f"maturity.operations.{module.name}")
        for name, function in vars(room).items():
            if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != room.__name__:
                continue
            if {"workspace", "visitor"} <= set(inspect.signature(function).parameters):
                found.add(f"{module.name}.{name}")
    return found


def test_every_operation_stands_in_the_table_and_can_be_called():
    known = public_operations()
    assert known - set(ASKED) - PARTS - OF_NOBODY == set(), "add these to access/asked.py and permission_calls.py"
    assert set(ASKED) - known == set(), "these are gone"
    assert set(ASKED) == set(CALLS)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Town, made once."""
    path = tmp_path_factory.mktemp("template") / "town.duckdb"
    build(path)
    return path


def opened(path: Path | str) -> Workspace:
    return Workspace(url=str(path), store=open_store(str(path)), clock=lambda: NOW)


@dataclass
class Copies:
    """Copies of Town, each in a folder of its own: one that nothing was done to yet is there at any time."""

    template: Path
    folder: Path
    made: int = 0
    current: Town | None = None

    def untouched(self) -> Town:
        """The copy that is there if nobody has written to it or beside it, else a new one."""
        if self.current is None or not self._as_made(self.current):
            self.let_go()
            self.made += 1
            path = self.folder / str(self.made) / "town.duckdb"
            path.parent.mkdir()
            self.current = Town(opened(shutil.copy(self.template, path)))
            watch(self.current.workspace.store)
        return self.current

    def _as_made(self, town: Town) -> bool:
        path = Path(town.workspace.url)
        return watch(town.workspace.store).writes == 0 and list(path.parent.iterdir()) == [path]

    def let_go(self) -> None:
        """Close the copy and remove its folder."""
        if self.current is not None:
            self.current.workspace.store.close()
            shutil.rmtree(Path(self.current.workspace.url).parent)
            self.current = None


@pytest.fixture(scope="module")
def copies(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    made = Copies(template, tmp_path_factory.mktemp("copies"))
    yield made
    made.let_go()


@pytest.fixture
def own_copy(copies: Copies) -> Town:
    """Town in a store that nothing was done to yet."""
    return copies.untouched()


@pytest.fixture(scope="module")
def town(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One Town for all that is refused: nothing of it may change."""
    path = tmp_path_factory.mktemp("shared") / "town.duckdb"
    shutil.copy(template, path)
    workspace = opened(path)
    yield Town(workspace)
    workspace.store.close()


def visitor(role: Role, organisation: UUID | None, department: str | None = None) -> Visitor:
    """Somebody with one role; one of a department has it for Parks."""
    limited = department or ("parks" if role in OF_A_DEPARTMENT else None)
    grant = Grant(role=role, department=limited, organisation=organisation)
    return Visitor(person=f"a-{role}", name=role, grants=(grant,))


def changes(town: Town) -> int:
    """How often the store was changed."""
    with town.workspace.store.reading() as tx:
        row = tx.one("SELECT count(*) AS n FROM audit_event")
    assert row is not None
    return int(row["n"])


def refused(town: Town, operation: str, who: Visitor) -> None:
    """The operation is not permitted, and leaves no trace."""
    before = changes(town)
    with pytest.raises(NotPermitted):
        CALLS[operation](town, who)
    # What the call prepares as an administrator may be in the trail, the operation itself is not.
    with town.workspace.store.reading() as tx:
        done_by = tx.one(
            "SELECT count(*) AS n FROM audit_event WHERE number > $before AND actor = $actor",
            before=before,
            actor=who.person,
        )
    assert done_by == {"n": 0} or ASKED[operation][1] == "own"


CASES = [(operation, role) for operation in ASKED for role in ROLES]
IDS = [f"{operation}-{role}" for operation, role in CASES]


@pytest.mark.parametrize(("operation", "role"), CASES, ids=IDS)
def test_a_role_may_what_the_table_says_with_own_objects(operation, role, request):
    verb, of = ASKED[operation]
    if role in MAY[verb] and of != "installation":
        mine: Town = request.getfixturevalue("own_copy")
        CALLS[operation](mine, visitor(role, mine.id))
    elif role in MAY[verb]:
        mine = request.getfixturevalue("own_copy")
        with pytest.raises(NotPermitted):
            CALLS[operation](mine, visitor(role, mine.id))
        CALLS[operation](mine, visitor(role, None))
    else:
        shared: Town = request.getfixturevalue("town")
        refused(shared, operation, visitor(role, shared.id))


OF_SOMEBODY = [(o, role) for o, role in CASES if ASKED[o][1] != "anywhere"]


@pytest.mark.parametrize(("operation", "role"), OF_SOMEBODY, ids=[f"{o}-{r}" for o, r in OF_SOMEBODY])
def test_no_role_in_another_organisation_reaches_this_ones_objects(town, operation, role):
    harbour = setup.the_organisation(town.workspace, ADMIN, "Harbour")
    with pytest.raises((NotPermitted, Refused)) as caught:
        CALLS[operation](town, visitor(role, harbour.id))
    said = str(caught.value)
    assert isinstance(caught.value, NotPermitted) or any(each in said for each in FOREIGN_SAID), said


@pytest.mark.parametrize("role", ROLES)
def test_a_list_of_organisations_holds_the_own_ones_only(town, role):
    harbour = setup.the_organisation(town.workspace, ADMIN, "Harbour")
    assert [each.name for each in setup.organisations(town.workspace, visitor(role, harbour.id))] == ["Harbour"]


OF_DEPARTMENTS = [(o, role) for o, role in CASES if ASKED[o][1] in ("department", "own")]


@pytest.mark.parametrize(("operation", "role"), OF_DEPARTMENTS, ids=[f"{o}-{r}" for o, r in OF_DEPARTMENTS])
def test_no_role_for_one_department_reaches_another(town, operation, role):
    roads = Town(town.workspace, department="roads")
    with pytest.raises(NotPermitted):
        CALLS[operation](roads, visitor(role, town.id, "parks"))


OWN = [(o, role) for o, role in CASES if ASKED[o][1] in ("own", "owned")]


@pytest.mark.parametrize(("operation", "role"), OWN, ids=[f"{o}-{r}" for o, r in OWN])
def test_nobody_reaches_what_is_somebody_elses_own(town, operation, role):
    with pytest.raises(NotPermitted):
        CALLS[operation](Town(town.workspace, theirs=True), visitor(role, town.id))


@pytest.mark.parametrize("operation", ASKED)
def test_nobody_at_all_may_nothing(town, operation):
    with pytest.raises((NotPermitted, Refused)) as caught:
        CALLS[operation](town, NOBODY)
    assert isinstance(caught.value, NotPermitted), str(caught.value)


def test_the_installations_verbs_are_asked_of_the_installation_only():
    assert {of for verb, of in ASKED.values() if verb in INSTALLATION_WIDE} == {"installation"}
    assert {verb for verb, of in ASKED.values() if of == "installation"} <= INSTALLATION_WIDE
