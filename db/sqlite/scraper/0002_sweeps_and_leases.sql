-- Several walks over a source, what it said of each film, and who runs it.

-- Who may run a source (or empty the outbox: '#handover'). The token grows with each holder (fencing).
CREATE TABLE lease (
  source     TEXT    PRIMARY KEY,
  owner      TEXT    NOT NULL,  -- empty: free
  token      INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

ALTER TABLE source_state ADD COLUMN bad_runs     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_state ADD COLUMN sweep        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_state ADD COLUMN last_full_at INTEGER;
ALTER TABLE source_state ADD COLUMN every        INTEGER;  -- seconds, as adapted

ALTER TABLE run ADD COLUMN sweep        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN known        INTEGER NOT NULL DEFAULT 0;  -- films that had not changed: not sent
ALTER TABLE run ADD COLUMN gone         INTEGER NOT NULL DEFAULT 0;  -- films that the source has no more
ALTER TABLE run ADD COLUMN observations TEXT    NOT NULL DEFAULT '{}';  -- JSON: pages, films, filled, full, complaints

ALTER TABLE outbox ADD COLUMN at INTEGER NOT NULL DEFAULT 0;

-- What a source said last of each of its films.
CREATE TABLE item (
  definition  TEXT    NOT NULL,  -- the source that was run
  source      TEXT    NOT NULL,  -- (source, source_id) of the film; for most the same as the definition
  source_id   TEXT    NOT NULL,
  film        TEXT    NOT NULL,  -- JSON, as it was sent
  seen_sweep  INTEGER NOT NULL,
  missing     INTEGER NOT NULL,  -- full sweeps in a row that did not see it
  gone        INTEGER NOT NULL,  -- 1: sent as inactive
  PRIMARY KEY (definition, source, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_by_sweep ON item (definition, seen_sweep);

CREATE TABLE url_validator (
  source        TEXT NOT NULL,
  url           TEXT NOT NULL,
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  at            INTEGER NOT NULL,
  PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;

-- The last answer of each source that was not as expected.
CREATE TABLE saved_page (
  source       TEXT    PRIMARY KEY,
  run          INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  url          TEXT    NOT NULL,
  status       INTEGER NOT NULL,
  content_type TEXT    NOT NULL,
  what         TEXT    NOT NULL,
  body         TEXT    NOT NULL
) STRICT;

-- When a host may be asked next, among all that share this database.
CREATE TABLE host_turn (
  origin   TEXT    PRIMARY KEY,
  ready_at INTEGER NOT NULL
) STRICT;
