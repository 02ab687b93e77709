"""A workshop afterwards: what was agreed and on what ground, how far people agreed before and after, and whose vote was
which, as far as those who voted were told.

What phones say before anybody votes (words/phone_sentences.py) decides what is shown of one person's votes: in a named
round they stay under the name, in a pseudonymous one under the participant's number and from five votes on, in an
anonymous one they are parted from people when the workshop ends, and only counts are left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.assessment.agreement import agreement
from maturity.assessment.answers import Tally
from maturity.assessment.terms import ROLE_FAMILIES, Anonymity
from maturity.assessment.values import median
from maturity.assessment.votes import reveal
from maturity.assessment.workshop import IDLE, Matter, Participant, Workshop
from maturity.assessment.workshop_results import MatterResult, SelfScores, Voter, VotesBeside, WorkshopResults
from maturity.framework.examples import example_of
from maturity.framework.model import Framework
from maturity.operations.differences import fewest_shown
from maturity.operations.early_sight import OVER
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.workshops import require_run
from maturity.operations.workspace import Workspace
from maturity.storage import workshop_votes as stored_votes
from maturity.storage import workshops as stored
from maturity.storage.engine import Tx
from maturity.storage.tallies import tallies


def workshop_results(workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop) -> WorkshopResults:
    """What a workshop came to so far. Answers are looked at once the round is closed only: while it is open, looking
    twice would tell what the last one answered who sent."""
    require_run(visitor, workshop)
    with workspace.store.reading() as tx:
        return results_in(tx, round_, stored.workshop_of(tx, workshop.id))


def results_in(tx: Tx, round_: Round, workshop: Workshop) -> WorkshopResults:
    """The same inside a transaction, for a workshop that the caller has asked the permission for."""
    matters = stored.matters(tx, workshop.id)
    by_ballot = stored_votes.levels_by_ballot(tx, workshop.id)
    given = self_scores(tx, round_)
    families = Counter(each.role_family for each in stored_votes.participants(tx, workshop.id))
    return WorkshopResults(
        workshop=workshop,
        levels=tuple(level.name for level in round_.framework.levels),
        matters=tuple(_result(round_, each, by_ballot, given) for each in matters),
        attendance={family: families.get(family, 0) for family in ROLE_FAMILIES},
        notes=tuple(stored.notes(tx, workshop.id)),
        minutes=_minutes(workshop),
        answers_open=round_.status not in OVER,
    )


def _minutes(workshop: Workshop) -> int | None:
    """How long people sat together; None where nobody knows, and where the lobby was opened long before."""
    if workshop.ended_at is None or workshop.opened_at is None:
        return None
    took = workshop.ended_at - workshop.opened_at
    return round(took.total_seconds() / 60) if took < IDLE else None


def _result(
    round_: Round,
    matter: Matter,
    by_ballot: Mapping[tuple[UUID, int], Sequence[int | None]],
    given: Mapping[tuple[str, str], SelfScores],
) -> MatterResult:
    questions = round_.framework.questions
    question = questions.get(matter.question) if matter.question else None
    example = example_of(round_.framework.id, matter.example) if matter.example else None
    held = matter.ballot - (matter.phase == "voting")
    top = round_.framework.top_level
    place = (matter.department or "", matter.question or "")
    return MatterResult(
        matter=matter,
        department=round_.names.get(matter.department, matter.department) if matter.department else None,
        question=question,
        example=example,
        asks=questions.get(example.question) if example else question,
        before=given.get(place, _nobody(round_)) if matter.question and round_.status in OVER else None,
        votes=tuple(reveal(n, by_ballot.get((matter.id, n), ()), top) for n in range(1, held + 1)),
    )


def self_scores(tx: Tx, round_: Round) -> dict[tuple[str, str], SelfScores]:
    """The submitted answers of a round by (department, question); nothing of a round that is still open."""
    if round_.status not in OVER:
        return {}
    found: dict[tuple[str, str], list[Tally]] = {}
    for each in tallies(tx, round_.id):
        found.setdefault((each.department, each.question), []).append(each)
    fewest = fewest_shown(round_.terms)
    return {place: _scores(given, round_.framework, fewest) for place, given in found.items()}


def _scores(given: Sequence[Tally], framework: Framework, fewest: int) -> SelfScores:
    counts = [sum(each.count for each in given if each.level == level) for level in range(1, framework.top_level + 1)]
    shown = sum(counts) >= fewest
    return SelfScores(
        people=sum(counts),
        fewest=fewest,
        counts=tuple(counts) if shown else None,
        median=median([(float(level), n) for level, n in enumerate(counts, start=1) if n]) if shown else None,
        agreement=agreement(counts) if shown else None,
    )


def _nobody(round_: Round) -> SelfScores:
    return SelfScores(people=0, fewest=fewest_shown(round_.terms), counts=None, median=None, agreement=None)


def votes_beside(
    workspace: Workspace, visitor: Visitor, round_: Round, workshop: Workshop, matter_id: UUID
) -> VotesBeside:
    """Whose vote was which on a question, once the workshop has ended. With names where the round is held by name,
    whatever the number of votes; with numbers, from five levels in a ballot on, in a pseudonymous round; nobody's in an
    anonymous one."""
    require_run(visitor, workshop)
    anonymity = round_.terms.anonymity
    with workspace.store.reading() as tx:
        now = stored.workshop_of(tx, workshop.id)
        if now.status != "ended":
            raise Refused("whose vote was which is shown once the workshop has ended; end it first")
        matter = next((each for each in stored.matters(tx, now.id) if each.id == matter_id), None)
        if matter is None:
            raise Refused("this question is not on the agenda of this workshop; choose one of the list")
        people = {each.id: each for each in stored_votes.participants(tx, now.id)}
        cast = [each for each in stored_votes.votes(tx, now.id) if each.matter_id == matter_id]
    ballots = tuple(range(1, matter.ballot + 1))
    top = round_.framework.top_level
    few = [n for n in ballots if reveal(n, [v.level for v in cast if v.ballot == n], top).hidden]
    hidden = () if anonymity == "named" else tuple(few)
    by_person: dict[UUID, dict[int, int | None]] = {}
    for vote in cast:
        if anonymity != "anonymous" and vote.participant_id in people and vote.ballot not in hidden:
            by_person.setdefault(vote.participant_id, {})[vote.ballot] = vote.level
    voters = sorted((people[each] for each in by_person), key=lambda each: each.number)
    return VotesBeside(
        anonymity=anonymity,
        ballots=ballots,
        hidden=hidden,
        voters=tuple(Voter(who=_who(each, anonymity), votes=by_person[each.id]) for each in voters),
    )


def _who(participant: Participant, anonymity: Anonymity) -> str:
    return participant.label if anonymity == "named" else f"Participant {participant.number}"
