-- The live workshop: its agenda, who is in the room, their votes, and what was noted. Same rules as in 0001.

-- No department: the whole organisation. `stepped_by` took the last step; `row_version` rises with each.
CREATE TABLE workshop(
  id UUID PRIMARY KEY, round_id UUID NOT NULL, department_id UUID, name TEXT NOT NULL, code TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('planned','open','ended')), current_matter UUID,
  seconds_to_vote INTEGER NOT NULL CHECK (seconds_to_vote BETWEEN 10 AND 900), made_by TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL, opened_at TIMESTAMPTZ, ended_at TIMESTAMPTZ, stepped_by TEXT NOT NULL,
  stepped_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL);

-- A question of a department, or a worked example of the warm-up. `why` is a JSON document; `ballot` counts the votes held.
CREATE TABLE workshop_matter(
  id UUID PRIMARY KEY, workshop_id UUID NOT NULL, place INTEGER NOT NULL, department_id UUID, question TEXT, example TEXT,
  why TEXT NOT NULL, phase TEXT NOT NULL CHECK (phase IN ('waiting','voting','revealed','settled','parked')),
  ballot SMALLINT NOT NULL CHECK (ballot BETWEEN 0 AND 3), voting_since TIMESTAMPTZ, voting_until TIMESTAMPTZ,
  level SMALLINT, reason TEXT, minority_view TEXT, follow_up TEXT, follow_up_owner TEXT, settled_by TEXT,
  settled_at TIMESTAMPTZ, CHECK ((question IS NULL) = (department_id IS NULL)),
  CHECK ((question IS NULL) <> (example IS NULL)));

-- The id is in the participant's signed cookie. A name only where one was given and the round is held by name.
CREATE TABLE workshop_participant(
  id UUID PRIMARY KEY, workshop_id UUID NOT NULL, number INTEGER NOT NULL, name TEXT, role_family TEXT NOT NULL,
  joined_at TIMESTAMPTZ NOT NULL, on_paper BOOLEAN NOT NULL);

-- One row a participant and ballot, changed until the reveal: what stood there before is kept nowhere, a vote is secret.
-- No level: don't know. In anonymous rounds the participant gives way to a chance id when the workshop ends.
CREATE TABLE workshop_vote(
  matter_id UUID NOT NULL, ballot SMALLINT NOT NULL, participant_id UUID NOT NULL, level SMALLINT,
  made_at TIMESTAMPTZ NOT NULL, PRIMARY KEY(matter_id, ballot, participant_id));

CREATE TABLE workshop_note(
  id UUID PRIMARY KEY, workshop_id UUID NOT NULL, matter_id UUID,
  kind TEXT NOT NULL CHECK (kind IN ('parked','decision','action')), text TEXT NOT NULL, owner TEXT NOT NULL, due_on DATE,
  made_by TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL);
