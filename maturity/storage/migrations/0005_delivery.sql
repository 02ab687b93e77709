-- Delivering the roadmap, beside 0001: versions and who approved them, what owners promise and report, KPIs, risks,
-- decisions, quarterly reviews. Same rules as there.

-- Action owner is a role of its own, so the list of roles is made anew.
CREATE TABLE person_grant_now(
  id UUID PRIMARY KEY, person_id UUID NOT NULL, organisation_id UUID, department_id UUID,
  role TEXT NOT NULL CHECK (role IN
    ('administrator','facilitator','department_lead','respondent','reviewer','leader','owner')),
  until DATE, delegated_by UUID, given_by TEXT NOT NULL, given_at TIMESTAMPTZ NOT NULL, ended_at TIMESTAMPTZ);
INSERT INTO person_grant_now SELECT id, person_id, organisation_id, department_id, role, until, delegated_by, given_by,
  given_at, ended_at FROM person_grant;
DROP TABLE person_grant;
ALTER TABLE person_grant_now RENAME TO person_grant;

-- The zone that the organisation's days are counted in (IANA name); without one, UTC.
ALTER TABLE organisation ADD COLUMN zone TEXT;

-- `owner_person` is the id of the owner where that is somebody who comes in here. What was used up is all so far.
ALTER TABLE plan_action ADD COLUMN owner_person TEXT;
ALTER TABLE plan_action ADD COLUMN expected_on DATE;
ALTER TABLE plan_action ADD COLUMN days_used DOUBLE PRECISION;
ALTER TABLE plan_action ADD COLUMN cost_used DOUBLE PRECISION;
ALTER TABLE plan_action ADD COLUMN deliverable_link TEXT;
ALTER TABLE progress_update ADD COLUMN expected_on DATE;
ALTER TABLE progress_update ADD COLUMN days_used DOUBLE PRECISION;
ALTER TABLE progress_update ADD COLUMN cost_used DOUBLE PRECISION;
ALTER TABLE progress_update ADD COLUMN because TEXT;
ALTER TABLE progress_update ADD COLUMN good TEXT;
ALTER TABLE progress_update ADD COLUMN next TEXT;

-- Every state of every action and milestone, insert-only: the plan as it stood on any day. `id` is the action's.
CREATE TABLE plan_action_state(
  state_id UUID PRIMARY KEY, stated_at TIMESTAMPTZ NOT NULL, stated_by TEXT NOT NULL, verb TEXT NOT NULL,
  reason TEXT NOT NULL, id UUID NOT NULL, plan_id UUID NOT NULL, code TEXT NOT NULL, catalogue_id TEXT, department TEXT,
  title TEXT NOT NULL, summary TEXT NOT NULL, phase SMALLINT NOT NULL, start_on DATE NOT NULL, finish_on DATE NOT NULL,
  owner TEXT NOT NULL, raci TEXT NOT NULL, deliverable TEXT NOT NULL, done_when TEXT NOT NULL, kpi TEXT NOT NULL,
  effort TEXT NOT NULL, cost TEXT NOT NULL, requires TEXT NOT NULL, closes TEXT NOT NULL, why TEXT NOT NULL,
  origin TEXT NOT NULL, objective_id UUID, percent_done DOUBLE PRECISION NOT NULL, begun_on DATE, done_on DATE,
  updated_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL, deleted_at TIMESTAMPTZ, owner_person TEXT,
  expected_on DATE, days_used DOUBLE PRECISION, cost_used DOUBLE PRECISION, deliverable_link TEXT);
INSERT INTO plan_action_state
  SELECT id, updated_at, '', 'as it stood', '', id, plan_id, code, catalogue_id, department, title, summary, phase,
    start_on, finish_on, owner, raci, deliverable, done_when, kpi, effort, cost, requires, closes, why, origin,
    objective_id, percent_done, begun_on, done_on, updated_at, row_version, deleted_at, owner_person, expected_on,
    days_used, cost_used, deliverable_link FROM plan_action;
CREATE TABLE milestone_state(
  state_id UUID PRIMARY KEY, stated_at TIMESTAMPTZ NOT NULL, stated_by TEXT NOT NULL, id UUID NOT NULL,
  plan_id UUID NOT NULL, name TEXT NOT NULL, on_date DATE NOT NULL, proves TEXT NOT NULL, row_version INTEGER NOT NULL,
  deleted_at TIMESTAMPTZ);
INSERT INTO milestone_state
  SELECT m.id, p.made_at, '', m.id, m.plan_id, m.name, m.on_date, m.proves, m.row_version, m.deleted_at
  FROM milestone m JOIN plan p ON p.id = m.plan_id;
-- Which plan people worked by from when on.
CREATE TABLE plan_in_force(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, plan_id UUID NOT NULL, since TIMESTAMPTZ NOT NULL,
  put_by TEXT NOT NULL, reason TEXT NOT NULL);
INSERT INTO plan_in_force SELECT id, organisation_id, id, made_at, made_by, '' FROM plan WHERE status <> 'draft';

-- A plan as it was put before people: never changed. What became of it are its steps, insert-only.
CREATE TABLE plan_version(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, plan_id UUID NOT NULL, number INTEGER NOT NULL,
  name TEXT NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL, sha256 TEXT NOT NULL, made_by TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL, UNIQUE(organisation_id, number), UNIQUE(organisation_id, name));
CREATE TABLE version_step(
  id UUID PRIMARY KEY, version_id UUID NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('drafted','proposed','approved','returned','withdrawn')),
  body TEXT NOT NULL, note TEXT NOT NULL, made_by TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL);
-- Who decides together, such as a data governance council; `members` is a JSON list of names.
CREATE TABLE governing_body(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, name TEXT NOT NULL, members TEXT NOT NULL,
  quorum INTEGER NOT NULL CHECK (quorum >= 1), set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL,
  row_version INTEGER NOT NULL, removed_at TIMESTAMPTZ);

-- What an owner, or a head for the department's days, said to an action as it was planned then (`terms`, JSON).
CREATE TABLE acceptance(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, code TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('owner','head')),
  answer TEXT NOT NULL CHECK (answer IN ('accepted','amended','refused')), terms TEXT NOT NULL, wanted TEXT NOT NULL,
  note TEXT NOT NULL, made_by TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL);

-- One reading of a KPI, of an action (its code) or of an objective (its id). A withdrawn one keeps its row.
CREATE TABLE kpi_reading(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, measures TEXT NOT NULL CHECK (measures IN ('action','objective')),
  code TEXT NOT NULL, read_on DATE NOT NULL, value DOUBLE PRECISION NOT NULL, note TEXT NOT NULL, made_by TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL, withdrawn_at TIMESTAMPTZ);

-- `codes` is a JSON list of action codes.
CREATE TABLE risk(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL,
  likelihood SMALLINT NOT NULL CHECK (likelihood BETWEEN 1 AND 5), impact SMALLINT NOT NULL CHECK (impact BETWEEN 1 AND 5),
  owner TEXT NOT NULL, owner_person TEXT, response TEXT NOT NULL CHECK (response IN ('avoid','reduce','share','accept')),
  response_text TEXT NOT NULL, codes TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('open','happened','closed')),
  review_on DATE, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL);
CREATE TABLE risk_state(
  state_id UUID PRIMARY KEY, risk_id UUID NOT NULL, likelihood SMALLINT NOT NULL, impact SMALLINT NOT NULL,
  state TEXT NOT NULL, why TEXT NOT NULL, stated_by TEXT NOT NULL, stated_at TIMESTAMPTZ NOT NULL);

-- What leaders are asked: `options` is a JSON list of name, cost, effect; `codes` are the actions that wait for it.
CREATE TABLE leadership_decision(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, question TEXT NOT NULL, background TEXT NOT NULL,
  options TEXT NOT NULL, recommendation TEXT NOT NULL, decider TEXT NOT NULL, codes TEXT NOT NULL, needed_by DATE,
  state TEXT NOT NULL CHECK (state IN ('open','decided','withdrawn')), chosen TEXT NOT NULL, reason TEXT NOT NULL,
  minute TEXT NOT NULL, decided_on DATE, asked_by TEXT NOT NULL, asked_at TIMESTAMPTZ NOT NULL, decided_by TEXT,
  decided_at TIMESTAMPTZ, row_version INTEGER NOT NULL);

-- `body` (JSON) is what the review is about: attendance, what was said to each step, minutes, weeknote.
CREATE TABLE quarterly_review(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, plan_id UUID NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open','signed_off','given_up')), step TEXT NOT NULL, held_on DATE NOT NULL,
  next_on DATE, body TEXT NOT NULL, version_id UUID, opened_by TEXT NOT NULL, opened_at TIMESTAMPTZ NOT NULL,
  row_version INTEGER NOT NULL, UNIQUE(organisation_id, number));
CREATE TABLE review_signature(
  id UUID PRIMARY KEY, review_id UUID NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, sha256 TEXT NOT NULL,
  signed_by TEXT NOT NULL, signed_at TIMESTAMPTZ NOT NULL);
-- What is promised for the next 90 days; each is kept, or not kept and explained.
CREATE TABLE promise(
  id UUID PRIMARY KEY, review_id UUID NOT NULL, place INTEGER NOT NULL, text TEXT NOT NULL, owner TEXT NOT NULL,
  code TEXT, due_on DATE NOT NULL, state TEXT NOT NULL CHECK (state IN ('open','kept','not_kept')),
  explanation TEXT NOT NULL, made_by TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL, closed_by TEXT,
  closed_at TIMESTAMPTZ, row_version INTEGER NOT NULL);
CREATE TABLE weeknote(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, since DATE NOT NULL, until DATE NOT NULL, body TEXT NOT NULL,
  made_by TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL, removed_at TIMESTAMPTZ, row_version INTEGER NOT NULL);
