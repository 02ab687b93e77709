-- People, how they come in, and what a round of real people needs beside 0001. Same rules as there.

-- Keys that the program makes for itself, such as the one that signs cookies. Never shown, never exported.
CREATE TABLE installation_secret(name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- `subject` is "issuer|sub" of an OpenID provider, kept at the first sign-in. Erased: the row stays, its names do not.
CREATE TABLE person(
  id UUID PRIMARY KEY, name TEXT NOT NULL, email TEXT, subject TEXT, created_at TIMESTAMPTZ NOT NULL,
  left_at TIMESTAMPTZ, erased_at TIMESTAMPTZ, row_version INTEGER NOT NULL);

-- No organisation: the whole installation. No department: the whole organisation. `until` is the last day it holds.
CREATE TABLE person_grant(
  id UUID PRIMARY KEY, person_id UUID NOT NULL, organisation_id UUID, department_id UUID,
  role TEXT NOT NULL CHECK (role IN ('administrator','facilitator','department_lead','respondent','reviewer','leader')),
  until DATE, delegated_by UUID, given_by TEXT NOT NULL, given_at TIMESTAMPTZ NOT NULL, ended_at TIMESTAMPTZ);

CREATE TABLE personal_link(
  id UUID PRIMARY KEY, person_id UUID NOT NULL, token_hash TEXT NOT NULL UNIQUE, made_by TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL, expires_at TIMESTAMPTZ NOT NULL, revoked_at TIMESTAMPTZ, used_at TIMESTAMPTZ);

-- One use of a personal link: a browser that came in by it. People who sign in at a provider have none here.
CREATE TABLE sign_in_session(
  id UUID PRIMARY KEY, person_id UUID NOT NULL, link_id UUID NOT NULL, secret_hash TEXT NOT NULL, device TEXT NOT NULL,
  started_at TIMESTAMPTZ NOT NULL, expires_at TIMESTAMPTZ NOT NULL, ended_at TIMESTAMPTZ);

-- How a round is held. `topics` is a JSON list of topic ids, empty for all of them; `lead_days` counts working days.
CREATE TABLE round_terms(
  round_id UUID PRIMARY KEY, anonymity TEXT NOT NULL CHECK (anonymity IN ('named','pseudonymous','anonymous')),
  topics TEXT NOT NULL, least_respondents INTEGER NOT NULL CHECK (least_respondents >= 1), front_line BOOLEAN NOT NULL,
  lead_days INTEGER NOT NULL CHECK (lead_days >= 0), evidence_months INTEGER NOT NULL CHECK (evidence_months >= 1));

-- What an anonymous round knows its people by while it is open; thrown away when it closes.
CREATE TABLE round_secret(round_id UUID PRIMARY KEY, secret TEXT NOT NULL);

-- A signed-off round: the hash over all that made its scores, by whom and when. Reopening drops the row, not the trail.
CREATE TABLE round_seal(
  round_id UUID PRIMARY KEY, sha256 TEXT NOT NULL, signed_by TEXT NOT NULL, signed_at TIMESTAMPTZ NOT NULL);

CREATE TABLE invitation(
  round_id UUID NOT NULL, person_id UUID NOT NULL, department_id UUID NOT NULL, invited_by TEXT NOT NULL,
  invited_at TIMESTAMPTZ NOT NULL, reminded_at TIMESTAMPTZ, PRIMARY KEY(round_id, person_id, department_id));

ALTER TABLE respondent ADD COLUMN speaks_for TEXT;

-- The day the evidence is of (not the day it was given), and how strong it is, 1 to 4.
ALTER TABLE answer_event ADD COLUMN evidence_date DATE;
ALTER TABLE answer_event ADD COLUMN evidence_strength SMALLINT;
ALTER TABLE answer ADD COLUMN evidence_date DATE;
ALTER TABLE answer ADD COLUMN evidence_strength SMALLINT;

-- A removed or erased file keeps its row, without name and contents.
CREATE TABLE evidence_file(
  id UUID PRIMARY KEY, respondent_id UUID NOT NULL, question TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL,
  size BIGINT NOT NULL, sha256 TEXT NOT NULL, body BYTEA, uploaded_at TIMESTAMPTZ NOT NULL, removed_at TIMESTAMPTZ);

CREATE TABLE evidence_flag(
  respondent_id UUID NOT NULL, question TEXT NOT NULL, reason TEXT NOT NULL, flagged_by TEXT NOT NULL,
  flagged_at TIMESTAMPTZ NOT NULL, PRIMARY KEY(respondent_id, question));

CREATE TABLE sent_back(
  id UUID PRIMARY KEY, respondent_id UUID NOT NULL, note TEXT NOT NULL, sent_by TEXT NOT NULL, sent_at TIMESTAMPTZ NOT NULL);

-- What the head of a department says to its result: it travels with the result.
CREATE TABLE department_reply(
  round_id UUID NOT NULL, department_id UUID NOT NULL, reply TEXT NOT NULL, said_by TEXT NOT NULL,
  said_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL, PRIMARY KEY(round_id, department_id));

-- A partnership is an organisation too. Its people see what a member gave it: `body` is a copy, made when it was given.
CREATE TABLE partnership_member(
  partnership_id UUID NOT NULL, organisation_id UUID NOT NULL, PRIMARY KEY(partnership_id, organisation_id));
CREATE TABLE shared_result(
  id UUID PRIMARY KEY, partnership_id UUID NOT NULL, organisation_id UUID NOT NULL, round_id UUID NOT NULL,
  body TEXT NOT NULL, given_by TEXT NOT NULL, given_at TIMESTAMPTZ NOT NULL, withdrawn_at TIMESTAMPTZ);
