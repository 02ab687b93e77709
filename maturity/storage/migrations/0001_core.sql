-- Runs unchanged on DuckDB 1.5, DuckDB 2.0 and PostgreSQL 15+.
-- No foreign keys, no enumerations, keys only where needed: what may change later must stay alterable.
-- Documents (JSON) are TEXT and parsed in one place, so that their bytes can be hashed. Times are TIMESTAMPTZ in UTC.

CREATE TABLE revision(scope TEXT PRIMARY KEY, value BIGINT NOT NULL);

CREATE TABLE organisation(
  id UUID PRIMARY KEY, name TEXT NOT NULL UNIQUE, is_demo BOOLEAN NOT NULL, settings TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL);

CREATE TABLE department(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, parent_code TEXT,
  staff INTEGER CHECK (staff IS NULL OR staff >= 0), tags TEXT NOT NULL, place INTEGER NOT NULL,
  row_version INTEGER NOT NULL, archived_at TIMESTAMPTZ, UNIQUE(organisation_id, code));

CREATE TABLE framework_version(
  id UUID PRIMARY KEY, code TEXT NOT NULL, version TEXT NOT NULL, sha256 TEXT NOT NULL, body TEXT NOT NULL,
  imported_at TIMESTAMPTZ NOT NULL, UNIQUE(code, version));

CREATE TABLE catalogue_version(
  id UUID PRIMARY KEY, code TEXT NOT NULL, version TEXT NOT NULL, framework_code TEXT NOT NULL, sha256 TEXT NOT NULL,
  body TEXT NOT NULL, imported_at TIMESTAMPTZ NOT NULL, UNIQUE(code, version));

CREATE TABLE assessment_round(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, framework_version_id UUID NOT NULL, name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('importing','draft','open','closed','signed_off')),
  track TEXT NOT NULL CHECK (track IN ('full','short')),
  weights TEXT NOT NULL CHECK (weights IN ('equal','staff','chosen')),
  opens_on DATE, closes_on DATE, created_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL,
  UNIQUE(organisation_id, name));

CREATE TABLE round_department(
  round_id UUID NOT NULL, department_id UUID NOT NULL, weight DOUBLE PRECISION NOT NULL CHECK (weight >= 0),
  PRIMARY KEY(round_id, department_id));

CREATE TABLE respondent(
  id UUID PRIMARY KEY, round_id UUID NOT NULL, department_id UUID NOT NULL, person TEXT, label TEXT NOT NULL,
  role_family TEXT, status TEXT NOT NULL CHECK (status IN ('staged','started','submitted')),
  started_at TIMESTAMPTZ NOT NULL, submitted_at TIMESTAMPTZ, row_version INTEGER NOT NULL);

-- The log: insert only, no key, no index. `answer` is its latest state (a withdrawn answer stays as such, so that its
-- row_version and its time only ever rise) and can be rebuilt from it: the event with the latest made_at holds.
CREATE TABLE answer_event(
  id UUID NOT NULL, respondent_id UUID NOT NULL, question TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('level','option','points','dont_know','not_applicable','withdrawn')),
  level SMALLINT, option_id TEXT, points DOUBLE PRECISION, label TEXT, reason TEXT, comment TEXT,
  confidence SMALLINT CHECK (confidence IS NULL OR confidence BETWEEN 1 AND 5), evidence_note TEXT, evidence_link TEXT,
  actor TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL);

CREATE TABLE answer(
  respondent_id UUID NOT NULL, question TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('level','option','points','dont_know','not_applicable','withdrawn')),
  level SMALLINT, option_id TEXT, points DOUBLE PRECISION, label TEXT, reason TEXT, comment TEXT,
  confidence SMALLINT, evidence_note TEXT, evidence_link TEXT,
  event_id UUID NOT NULL, made_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL,
  PRIMARY KEY(respondent_id, question),
  CHECK ((state = 'level') = (level IS NOT NULL)));

CREATE TABLE topic_note(
  respondent_id UUID NOT NULL, topic TEXT NOT NULL, stands_in_the_way TEXT, would_help TEXT,
  made_at TIMESTAMPTZ NOT NULL, PRIMARY KEY(respondent_id, topic));

-- What the department agreed on (consensus) or a reviewer recorded; the answers stay beside it.
CREATE TABLE decided_value(
  round_id UUID NOT NULL, department_id UUID NOT NULL, question TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('consensus','review')), level SMALLINT, points DOUBLE PRECISION,
  reason TEXT NOT NULL, decided_by TEXT NOT NULL, decided_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL,
  PRIMARY KEY(round_id, department_id, question, source));

CREATE TABLE round_score(round_id UUID PRIMARY KEY, revision BIGINT NOT NULL, body TEXT NOT NULL);

CREATE TABLE target_choice(
  round_id UUID NOT NULL, department TEXT NOT NULL, topic TEXT NOT NULL, steps TEXT NOT NULL, reason TEXT NOT NULL,
  set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL,
  PRIMARY KEY(round_id, department, topic));

CREATE TABLE importance(
  round_id UUID NOT NULL, topic TEXT NOT NULL, importance SMALLINT NOT NULL CHECK (importance BETWEEN 1 AND 5),
  reason TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL,
  PRIMARY KEY(round_id, topic));

-- Asked before the first plan: what is done or running already is never proposed.
CREATE TABLE already(
  round_id UUID NOT NULL, code TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('done','running')),
  note TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL, PRIMARY KEY(round_id, code));

CREATE TABLE resources(
  round_id UUID PRIMARY KEY, capacity TEXT NOT NULL, budget TEXT NOT NULL, set_by TEXT NOT NULL,
  set_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL);

CREATE TABLE plan_decision(
  round_id UUID NOT NULL, code TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('rejected','pinned','must')),
  start_on DATE, reason TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL, PRIMARY KEY(round_id, code));

CREATE TABLE objective(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, name TEXT NOT NULL, goal TEXT NOT NULL, row_version INTEGER NOT NULL);

-- A plan version: `body` is the plan as it was made, immutable; its actions live on in plan_action.
CREATE TABLE plan(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, round_id UUID NOT NULL, name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('draft','current','past')), start_on DATE NOT NULL, body TEXT NOT NULL,
  sha256 TEXT NOT NULL, made_by TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL,
  UNIQUE(organisation_id, name));

CREATE TABLE plan_action(
  id UUID PRIMARY KEY, plan_id UUID NOT NULL, code TEXT NOT NULL, catalogue_id TEXT, department TEXT, title TEXT NOT NULL,
  summary TEXT NOT NULL, phase SMALLINT NOT NULL CHECK (phase BETWEEN 1 AND 4), start_on DATE NOT NULL,
  finish_on DATE NOT NULL, owner TEXT NOT NULL, raci TEXT NOT NULL, deliverable TEXT NOT NULL, done_when TEXT NOT NULL,
  kpi TEXT NOT NULL, effort TEXT NOT NULL, cost TEXT NOT NULL, requires TEXT NOT NULL, closes TEXT NOT NULL,
  why TEXT NOT NULL, origin TEXT NOT NULL CHECK (origin IN ('planned','added','running')), objective_id UUID,
  percent_done DOUBLE PRECISION NOT NULL CHECK (percent_done BETWEEN 0 AND 100), begun_on DATE, done_on DATE,
  updated_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL, deleted_at TIMESTAMPTZ, UNIQUE(plan_id, code),
  CHECK (finish_on >= start_on));

CREATE TABLE progress_update(
  id UUID PRIMARY KEY, plan_action_id UUID NOT NULL, percent_done DOUBLE PRECISION NOT NULL, begun_on DATE, done_on DATE,
  confidence SMALLINT, note TEXT NOT NULL, made_by TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL);

CREATE TABLE milestone(
  id UUID PRIMARY KEY, plan_id UUID NOT NULL, name TEXT NOT NULL, on_date DATE NOT NULL, proves TEXT NOT NULL,
  row_version INTEGER NOT NULL, deleted_at TIMESTAMPTZ);

CREATE TABLE audit_event(
  number BIGINT PRIMARY KEY, made_at TIMESTAMPTZ NOT NULL, actor TEXT NOT NULL, verb TEXT NOT NULL, subject TEXT NOT NULL,
  detail TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL);
