"""The command line: results on standard output, everything else on standard error.

Exit status 0 done, 1 refused with one line that says what, where and how to mend it, 2 wrong usage, 130 stopped.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from maturity import cli_people, cli_public, cli_reports, cli_verify, cli_workshop
from maturity import cli_tables as tables
from maturity.access.permissions import NotPermitted
from maturity.access.roles import COMMAND_LINE
from maturity.cli_files import say, write
from maturity.operations import workspace as workspaces
from maturity.operations.errors import Refused

USUAL_STAGES = 4
STOPPED = 130
"""The exit status that shells give to what was stopped by Ctrl-C."""
REFUSALS = (Refused, workspaces.StoreRefused, NotPermitted, ValueError)


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns the exit status."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        chosen.run(chosen)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        say("waymark: stopped before it was done")
        return STOPPED
    except REFUSALS as error:
        # A refused workbook names every cell that is wrong, one a line; everything else is one sentence.
        for problem in getattr(error, "problems", None) or (str(error),):
            print(f"waymark: {' '.join(problem.split())}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m maturity", description="Waymark on the command line.")
    parser.add_argument("--store", help="a DuckDB file or postgresql://... (default: WAYMARK_STORE, else data/)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_demo(commands)
    _add_framework(commands)
    _add_answers(commands)
    _add_results(commands)
    _add_plan(commands)
    _add_store(commands)
    cli_people.add_commands(commands, _command, _opened)
    cli_workshop.add_commands(commands, _command, _opened)
    cli_public.add_commands(commands, _command, _opened)
    cli_verify.add_commands(commands, _command)
    cli_reports.add_commands(commands, _command, _opened)
    return parser


def _command(
    commands: Any, name: str, about: str, run: Callable[[argparse.Namespace], None]
) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    made.set_defaults(run=run)
    # Taken after the command too, where people write it.
    made.add_argument("--store", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return made


def _add_demo(commands: Any) -> None:
    demo = _command(commands, "demo", "Fill a store with the demo city, Port Ellery.", _demo)
    demo.add_argument("--size", choices=("small", "city", "region"), default="city")
    demo.add_argument("--reset", action="store_true", help="throw the demo city away and make it anew")


def _add_framework(commands: Any) -> None:
    group = commands.add_parser("framework", help="List, check, import and export frameworks.")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    _command(actions, "list", "Frameworks that a round can use.", _framework_list)
    check = _command(actions, "check", "Say what is wrong with a framework or catalogue file.", _framework_check)
    check.add_argument("file", type=Path)
    take = _command(actions, "import", "Keep a framework in the store.", _framework_import)
    take.add_argument("file", type=Path)
    take.add_argument("--id")
    take.add_argument("--format", choices=("yaml", "csv"))
    give = _command(actions, "export", "Write a framework as a YAML file.", _framework_export)
    give.add_argument("id")
    give.add_argument("--to", type=Path, required=True)


def _add_answers(commands: Any) -> None:
    group = commands.add_parser("answers", help="Bring answers in from a file, or write them to one.")
    actions = group.add_subparsers(required=True, metavar="ACTION")
    take = _command(actions, "import", "Bring an answers file (CSV) into a round.", _answers_import)
    take.add_argument("file", type=Path)
    take.add_argument("--framework", required=True)
    take.add_argument("--round", required=True)
    take.add_argument("--skip-bad-rows", action="store_true")
    take.add_argument("--organisation")
    give = _command(actions, "export", "Write a round's submitted answers as CSV.", _answers_export)
    give.add_argument("round")
    give.add_argument("--to", type=Path, required=True)
    give.add_argument("--organisation")


def _add_results(commands: Any) -> None:
    scores = _command(commands, "scores", "The scores of a round.", _scores)
    scores.add_argument("round")
    scores.add_argument("--by", choices=tables.KINDS, default="department")
    gaps = _command(commands, "gaps", "Targets against scores, by priority.", _gaps)
    gaps.add_argument("round")
    said = _command(commands, "replies", "What heads of department say to their results.", _replies)
    said.add_argument("round")
    for each in (scores, gaps, said):
        each.add_argument("--format", choices=tables.FORMATS, default="table")
        each.add_argument("--organisation")


def _add_plan(commands: Any) -> None:
    plan = _command(commands, "plan", "A phased plan that closes the gaps of a round.", _plan)
    plan.add_argument("round")
    plan.add_argument("--budget", type=float, help="the whole sum, split over the phases as the phase budgets are")
    plan.add_argument(
        "--start", type=date.fromisoformat, help="first day (default: the quarter after the round closes)"
    )
    plan.add_argument("--time-limit", type=float, help="seconds; gives up that the same seed gives the same bytes")
    plan.add_argument("--seed", type=int, default=0)
    plan.add_argument("--format", choices=tables.FORMATS, default="table")
    plan.add_argument("--save", metavar="NAME", help="keep the plan as a plan version of this name")
    plan.add_argument("--organisation")


def _add_store(commands: Any) -> None:
    keep = _command(commands, "backup", "Write a copy of the whole store into a new folder.", _backup)
    keep.add_argument("file", type=Path)
    back = _command(commands, "restore", "Make a new store from a backup.", _restore)
    back.add_argument("file", type=Path)
    _command(commands, "check", "Check the store: tables, audit trail, orphans.", _check)


@contextmanager
def _opened(chosen: argparse.Namespace, default: Callable[[], str] = workspaces.default_url) -> Any:
    workspace = workspaces.open_workspace(chosen.store or default())
    try:
        yield workspace
    finally:
        workspace.close()


def _demo(chosen: argparse.Namespace) -> None:
    from maturity.operations.demo import build_demo

    with _opened(chosen, lambda: workspaces.named_url() or workspaces.demo_url()) as workspace, _bar("demo") as told:
        said = build_demo(workspace, chosen.size, today=workspace.clock().date(), reset=chosen.reset, on_progress=told)
    say(f"{said} It is in {workspace.store.name}.")


def _framework_list(chosen: argparse.Namespace) -> None:
    from maturity.operations.frameworks import framework_versions

    with _opened(chosen) as workspace:
        found = framework_versions(workspace, COMMAND_LINE)
    rows = [
        (f.code, f.version, f.name, f.questions, "comes with Waymark" if f.shipped else "in the store") for f in found
    ]
    print(tables.table(("id", "version", "name", "questions", "where"), rows))


def _framework_check(chosen: argparse.Namespace) -> None:
    from maturity.operations.frameworks import problems_of

    problems = problems_of(chosen.file)
    if problems:
        raise Refused(problems[0])
    say(f"{chosen.file.name} is good.")


def _framework_import(chosen: argparse.Namespace) -> None:
    from maturity.operations.frameworks import import_framework, read_framework_file

    made = read_framework_file(chosen.file, code=chosen.id, format=chosen.format)
    with _opened(chosen) as workspace:
        import_framework(workspace, COMMAND_LINE, made)
    say(f"Framework {made.id} {made.version} with {len(made.questions)} questions is in the store.")


def _framework_export(chosen: argparse.Namespace) -> None:
    from maturity.operations.frameworks import find_framework, framework_text

    with _opened(chosen) as workspace:
        text = framework_text(find_framework(workspace, COMMAND_LINE, chosen.id))
    write(chosen.to, text)


def _answers_import(chosen: argparse.Namespace) -> None:
    from maturity.operations.imports import import_answers

    with _opened(chosen) as workspace, _bar("answers") as told:
        done = import_answers(
            workspace,
            COMMAND_LINE,
            chosen.file,
            framework=chosen.framework,
            round_name=chosen.round,
            organisation=chosen.organisation,
            skip_bad_rows=chosen.skip_bad_rows,
            told=told,
        )
    left = f" {done.left_out} bad rows were left out." if chosen.skip_bad_rows else ""
    say(f"{done.answers} answers of {done.departments} departments are in the round {done.round!r}.{left}")


def _answers_export(chosen: argparse.Namespace) -> None:
    from maturity.operations.imports import export_answers

    with _opened(chosen) as workspace:
        write(chosen.to, export_answers(workspace, COMMAND_LINE, chosen.round, chosen.organisation))


def _scores(chosen: argparse.Namespace) -> None:
    from maturity.operations.scores import scores_of

    with _opened(chosen) as workspace:
        several = _several(workspace) and not chosen.organisation
        names = _assessed(workspace) if several else [chosen.organisation]
        found = [(name, scores_of(workspace, COMMAND_LINE, chosen.round, name)) for name in names]
    print(tables.scores(found, chosen.by, chosen.format, with_organisation=several))


def _replies(chosen: argparse.Namespace) -> None:
    from maturity.operations.replies import replies
    from maturity.operations.rounds import find_round

    with _opened(chosen) as workspace:
        several = _several(workspace) and not chosen.organisation
        names = _assessed(workspace) if several else [chosen.organisation]
        asked = [(name, find_round(workspace, COMMAND_LINE, chosen.round, name)) for name in names]
        found = [(name, replies(workspace, COMMAND_LINE, round_)) for name, round_ in asked]
    print(tables.replies(found, chosen.format, with_organisation=several))


def _several(workspace: workspaces.Workspace) -> bool:
    from maturity.operations.setup import organisations

    return len(organisations(workspace, COMMAND_LINE)) > 1


def _assessed(workspace: workspaces.Workspace) -> list[str]:
    """The organisations that have departments: a partnership has none, and so nothing to show here."""
    from maturity.operations.setup import organisations

    return [each.name for each in organisations(workspace, COMMAND_LINE) if each.departments]


def _gaps(chosen: argparse.Namespace) -> None:
    from maturity.operations.rounds import find_round
    from maturity.operations.targets import gaps

    with _opened(chosen) as workspace:
        round_ = find_round(workspace, COMMAND_LINE, chosen.round, chosen.organisation)
        found = gaps(workspace, COMMAND_LINE, round_)
    if not found.found and not round_.framework.top_level:
        say(f"{round_.framework.name} counts points and has no levels, so there are no targets and no gaps.")
    print(tables.gaps(found, chosen.format))


def _plan(chosen: argparse.Namespace) -> None:
    from maturity.operations import plans
    from maturity.operations.catalogues import names_of
    from maturity.operations.plan_making import replan
    from maturity.operations.rounds import find_round

    with _opened(chosen) as workspace:
        round_ = find_round(workspace, COMMAND_LINE, chosen.round, chosen.organisation)
        with _bar("plan") as told:
            asked = {
                "budget": chosen.budget,
                "starts": chosen.start,
                "seed": chosen.seed,
                "time_limit": chosen.time_limit,
                "on_stage": _counting(told),
            }
            if chosen.save:  # around what goes on: a plan that is kept takes the place of the one in force
                made = replan(workspace, COMMAND_LINE, round_, chosen.save, **asked).body
            else:
                made = plans.make_plan(workspace, COMMAND_LINE, round_, **asked)
        names = names_of(workspace, round_)
    print(tables.plan(made, chosen.format, names))


def _counting(told: Callable[[int, int], None]) -> Callable[[object], bool]:
    """Stages of a plan as steps of a bar; nobody knows before how often a plan will still become better."""
    stages = count(1)

    def reached(_: object) -> bool:
        done = next(stages)
        told(done, max(USUAL_STAGES, done + 1))
        return True

    return reached


def _backup(chosen: argparse.Namespace) -> None:
    with _opened(chosen) as workspace:
        say(f"The backup is in {workspace.store.backup(chosen.file)}.")


def _restore(chosen: argparse.Namespace) -> None:
    from maturity.operations.upkeep import restore_store

    target = chosen.store or workspaces.default_url()
    restore_store(chosen.file, target)
    say(f"The store {target} has what the backup {chosen.file} holds.")


def _check(chosen: argparse.Namespace) -> None:
    from maturity.operations.upkeep import problems_of_store

    with _opened(chosen) as workspace:
        problems = problems_of_store(workspace, COMMAND_LINE)
    if problems:
        raise Refused("; ".join(problems))
    say("The store is good: its tables, its references and its audit trail fit together.")


@contextmanager
def _bar(what: str) -> Any:
    """A callback (done, of how many) that draws a progress bar on a terminal and nothing in a pipe."""
    from tqdm import tqdm

    with tqdm(desc=what, disable=None, file=sys.stderr, leave=False) as bar:

        def told(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield told
