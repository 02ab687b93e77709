"""What each operation asks of its visitor: the verb, and the object that the answer must hold for.

`docs/permissions.md` is made from here, and the permission test tries every line: each role, with an object of the
own organisation, department or person, and with a foreign one. An operation that is not here fails that test.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from maturity.access.permissions import Verb

Of = Literal["own", "department", "organisation", "installation", "anywhere"]
"""Whose the object is: the visitor's own, a department's, an organisation's, the installation's, or nobody's (a
framework, a list that holds only what the visitor may see): then the role may be held anywhere."""

ASKED: Mapping[str, tuple[Verb, Of]] = {
    # 1. What we ask
    "frameworks.find_framework": ("read_help", "anywhere"),
    "frameworks.framework_versions": ("manage_rounds", "anywhere"),
    "frameworks.import_framework": ("administer", "anywhere"),
    # 2. Where we are
    "rounds.rounds": ("read_help", "organisation"),
    "rounds.find_round": ("read_help", "organisation"),
    "rounds.create_round": ("manage_rounds", "organisation"),
    "rounds.open_round": ("manage_rounds", "organisation"),
    "rounds.close_round": ("manage_rounds", "organisation"),
    "imports.import_answers": ("manage_rounds", "organisation"),
    "imports.export_answers": ("manage_rounds", "organisation"),
    "respondents.start": ("answer", "department"),
    "respondents.mine": ("answer", "organisation"),
    "respondents.progress": ("read_help", "organisation"),
    "respondents.describe": ("answer", "own"),
    "respondents.send": ("answer", "own"),
    "respondents.take_back": ("answer", "own"),
    "questionnaire.my_questionnaire": ("answer", "own"),
    "questionnaire.sent_back_notes": ("answer", "own"),
    "earlier_answers.last_time": ("answer", "own"),
    "answers.my_answers": ("answer", "own"),
    "answers.my_notes": ("answer", "own"),
    "answers.save_answer": ("answer", "own"),
    "answers.save_note": ("answer", "own"),
    "answers.clear_text": ("answer", "own"),
    "answers.withdraw_answer": ("answer", "own"),
    "answers.remarks": ("read_department_results", "organisation"),
    "evidence.attach_file": ("answer", "own"),
    "evidence.my_files": ("answer", "own"),
    "evidence.remove_file": ("answer", "own"),
    "review.department_review": ("review", "department"),
    "reviewing.flag_evidence": ("review", "department"),
    "reviewing.clear_flag": ("review", "department"),
    "reviewing.record_review": ("review", "department"),
    "reviewing.withdraw_review": ("review", "department"),
    "reviewing.send_back": ("review", "department"),
    "evidence_ages.fresh_shares": ("read_department_results", "organisation"),
    "evidence_ages.optimism_in_review": ("review", "organisation"),
    "evidence_ages.optimism_in_results": ("read_results", "organisation"),
    "scores.scores_of": ("read_department_results", "organisation"),
    "scores.distributions": ("read_department_results", "department"),
    "scores.interval": ("read_department_results", "department"),
    "scores.earlier_scores": ("read_department_results", "organisation"),
    # 3. What to do
    "standing.standing": ("read_roadmap", "organisation"),
    "targets.target_choices": ("read_roadmap", "organisation"),
    "targets.targets": ("read_roadmap", "organisation"),
    "targets.target_warnings": ("read_roadmap", "organisation"),
    "targets.priority_topics_of": ("read_roadmap", "organisation"),
    "targets.gaps": ("read_roadmap", "organisation"),
    "targets.importance": ("read_roadmap", "organisation"),
    "targets.set_target": ("set_targets", "organisation"),
    "targets.reset_target": ("set_targets", "organisation"),
    "targets.set_importance": ("set_targets", "organisation"),
    "readiness.readiness": ("read_roadmap", "organisation"),
    "resources.resources": ("read_roadmap", "organisation"),
    "resources.set_resources": ("edit_plan", "organisation"),
    "choices.decisions": ("read_roadmap", "organisation"),
    "choices.already": ("read_roadmap", "organisation"),
    "choices.pin_action": ("edit_plan", "organisation"),
    "choices.want_action": ("edit_plan", "organisation"),
    "choices.reject_action": ("edit_plan", "organisation"),
    "choices.clear_decision": ("edit_plan", "organisation"),
    "choices.mark_already": ("edit_plan", "organisation"),
    "plans.plan_request": ("read_roadmap", "organisation"),
    "plans.make_plan": ("read_roadmap", "organisation"),
    "plans.save_plan": ("edit_plan", "organisation"),
    "plans.replan": ("edit_plan", "organisation"),
    # 4. When, and how it goes
    "saved_plans.plans": ("read_roadmap", "organisation"),
    "saved_plans.plan": ("read_roadmap", "organisation"),
    "saved_plans.find_plan": ("read_roadmap", "organisation"),
    "actions.add_action": ("edit_plan", "organisation"),
    "actions.edit_action": ("edit_plan", "organisation"),
    "actions.remove_action": ("edit_plan", "organisation"),
    "actions.add_dependency": ("edit_plan", "organisation"),
    "actions.remove_dependency": ("edit_plan", "organisation"),
    "milestones.objectives": ("read_roadmap", "organisation"),
    "milestones.add_objective": ("edit_plan", "organisation"),
    "milestones.add_milestone": ("edit_plan", "organisation"),
    "milestones.edit_milestone": ("edit_plan", "organisation"),
    "milestones.remove_milestone": ("edit_plan", "organisation"),
    "progress.report_progress": ("report_progress", "department"),
    "progress.history": ("read_roadmap", "organisation"),
    "progress.plan_history": ("read_roadmap", "organisation"),
    # Who may
    "people.people": ("invite", "organisation"),
    "people.add_person": ("manage_people", "organisation"),
    "people.change_person": ("manage_people", "organisation"),
    "people.person_left": ("manage_people", "organisation"),
    "people.hand_over": ("delegate", "department"),
    "given_roles.give_role": ("manage_people", "organisation"),
    "given_roles.end_role": ("manage_people", "organisation"),
    "links.make_link": ("manage_people", "organisation"),
    "links.links_of": ("manage_people", "organisation"),
    "links.revoke_links": ("manage_people", "organisation"),
    "links.sessions_of": ("read_help", "anywhere"),
    "links.sign_out_everywhere": ("read_help", "anywhere"),
    # The house
    "setup.organisations": ("read_help", "anywhere"),
    "setup.set_departments": ("manage_rounds", "organisation"),
    "setup.create_organisation": ("run_installation", "installation"),
    "upkeep.audit_events": ("run_installation", "installation"),
    "upkeep.back_up": ("run_installation", "installation"),
    "upkeep.problems_of_store": ("run_installation", "installation"),
}
