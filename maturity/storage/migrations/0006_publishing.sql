-- What leaves the house: editions of the public roadmap, what may be published at all, and what residents say.

-- One publication of the public roadmap. `choices` (JSON) is what was chosen, `body` the very bytes that residents get as
-- UTF-8, "" until it is proposed; number, hash and the hash before it are there once it is published, and never change.
CREATE TABLE edition(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, version_id UUID NOT NULL, number INTEGER, name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft','proposed','published','withdrawn','given_up')), choices TEXT NOT NULL,
  body TEXT NOT NULL, sha256 TEXT NOT NULL, previous TEXT NOT NULL, made_by TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL,
  row_version INTEGER NOT NULL, UNIQUE(organisation_id, number));
-- What became of an edition, never changed: `person` is who did it by id, so that the second person is another one.
CREATE TABLE edition_step(
  id UUID PRIMARY KEY, edition_id UUID NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('proposed','returned','published','withdrawn','given_up')),
  body TEXT NOT NULL, note TEXT NOT NULL, person TEXT NOT NULL, made_by TEXT NOT NULL, made_at TIMESTAMPTZ NOT NULL);
-- What an action is called and means in words for residents, by language; beside the catalogue's own.
CREATE TABLE public_words(
  organisation_id UUID NOT NULL, code TEXT NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL, plain TEXT NOT NULL,
  outcome TEXT NOT NULL, set_by TEXT NOT NULL, set_at TIMESTAMPTZ NOT NULL, row_version INTEGER NOT NULL,
  PRIMARY KEY(organisation_id, code, language));
-- Who may get to see a question's answers or a field of the plan; what is not here has the usual class.
CREATE TABLE visibility(
  organisation_id UUID NOT NULL, subject TEXT NOT NULL CHECK (subject IN ('question','field')), code TEXT NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('public','on_request','withheld')), reason TEXT NOT NULL, set_by TEXT NOT NULL,
  set_at TIMESTAMPTZ NOT NULL, PRIMARY KEY(organisation_id, subject, code));
-- What a resident wrote; nothing says who. `code` is the action that it is about, NULL where it is about all of it.
-- `shown` is what is published of it; `kind` and `answer` are "you said, we did".
CREATE TABLE public_comment(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, code TEXT, language TEXT NOT NULL, text TEXT NOT NULL,
  received_at TIMESTAMPTZ NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting','published','refused')),
  reason TEXT NOT NULL, shown TEXT NOT NULL, kind TEXT NOT NULL, answer TEXT NOT NULL, moderated_by TEXT,
  moderated_at TIMESTAMPTZ, row_version INTEGER NOT NULL);
-- One resident's view of one topic: `answers` is a JSON object of the six questions.
CREATE TABLE resident_view(
  id UUID PRIMARY KEY, organisation_id UUID NOT NULL, topic TEXT NOT NULL, answers TEXT NOT NULL,
  received_on DATE NOT NULL);
-- The organisation's mark on reports and on the public site, a PNG.
CREATE TABLE logo(
  organisation_id UUID PRIMARY KEY, content BYTEA NOT NULL, alt TEXT NOT NULL, set_by TEXT NOT NULL,
  set_at TIMESTAMPTZ NOT NULL);
