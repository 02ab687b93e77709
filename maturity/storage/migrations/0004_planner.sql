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
ALTER TABLE objective ADD COLUMN deleted_at TIMESTAMPTZ;
