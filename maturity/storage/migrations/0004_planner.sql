-- What the planner is told beside 0001: decisions of every kind, objectives that weigh. Same rules as there.

-- One row a kind: an action can be wanted and not before a day. Takes the place of plan_decision.
CREATE TABLE action_decision(
  round_id UUID NOT NULL, code TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('rejected','pinned','locked','must','not_before','not_after')),
  start_on DATE, reason TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY(round_id, code, kind));
INSERT INTO action_decision(round_id, code, kind, start_on, reason, set_by, set_at)
  SELECT round_id, code, kind, start_on, reason, set_by, set_at FROM plan_decision;
DROP TABLE plan_decision;

-- The topics that serve an objective (JSON list), what it multiplies their weight by, and its dated numeric target.
ALTER TABLE objective ADD COLUMN topics TEXT;
ALTER TABLE objective ADD COLUMN emphasis DOUBLE PRECISION;
ALTER TABLE objective ADD COLUMN measure TEXT;
ALTER TABLE objective ADD COLUMN unit TEXT;
ALTER TABLE objective ADD COLUMN baseline DOUBLE PRECISION;
ALTER TABLE objective ADD COLUMN aim DOUBLE PRECISION;
ALTER TABLE objective ADD COLUMN due_on DATE;
ALTER TABLE objective ADD COLUMN set_by TEXT;
ALTER TABLE objective ADD COLUMN set_at TIMESTAMPTZ;
ALTER TABLE objective ADD COLUMN deleted_at TIMESTAMPTZ;

-- The action library of an organisation, by framework: catalogue actions of its own (body: the action, JSON; number: of
-- its id own-1, own-2, ...), its estimates in place of the catalogue's (body: weeks, effort, cost), and chosen routes.
CREATE TABLE own_action(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, framework TEXT NOT NULL, number INTEGER NOT NULL,
  body TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL, retired_at TIMESTAMPTZ,
  row_version INTEGER NOT NULL);
CREATE TABLE own_estimate(
  organisation_id UUID NOT NULL, framework TEXT NOT NULL, code TEXT NOT NULL, route TEXT NOT NULL,
  body TEXT NOT NULL, reason TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL,
  row_version INTEGER NOT NULL, PRIMARY KEY(organisation_id, framework, code, route));
CREATE TABLE chosen_route(
  organisation_id UUID NOT NULL, framework TEXT NOT NULL, code TEXT NOT NULL,
  route TEXT NOT NULL CHECK (route IN ('build','buy','partner')),
  reason TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY(organisation_id, framework, code));

-- People and money: person-days that differ from the usual ones (JSON list), one row a line of money, of what partners
-- give, of the calendar and of missing skills (JSON, by kind), and the terms of a round (JSON). A removed line keeps
-- its row. They take the place of resources, whose budget by phase becomes a source.
CREATE TABLE resource_days(
  round_id UUID PRIMARY KEY, days TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL,
  row_version INTEGER NOT NULL);
CREATE TABLE resource_line(
  id UUID PRIMARY KEY, round_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('source','commitment','change','skill')),
  body TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL, removed_at TIMESTAMPTZ,
  row_version INTEGER NOT NULL);
CREATE TABLE resource_terms(
  round_id UUID PRIMARY KEY, terms TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL,
  row_version INTEGER NOT NULL);
INSERT INTO resource_days(round_id, days, set_by, set_at, row_version)
  SELECT round_id, capacity, set_by, set_at, row_version FROM resources;
INSERT INTO resource_line(id, round_id, kind, body, set_by, set_at, row_version)
  SELECT round_id, round_id, 'source',
    '{"amounts":' || budget || ',"kind":"own","name":"Own budget","note":""}', set_by, set_at, 1
  FROM resources WHERE budget <> 'null';
DROP TABLE resources;
