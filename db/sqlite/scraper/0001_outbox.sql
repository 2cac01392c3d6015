-- The scraper's own memory. Times are milliseconds since 1970, UTC.

-- What is remembered of a source between runs; the definition itself is a file in sources/.
CREATE TABLE source_state (
  name            TEXT    PRIMARY KEY,
  paused          INTEGER NOT NULL,
  health          TEXT    NOT NULL,
  message         TEXT    NOT NULL,
  failures        INTEGER NOT NULL,
  last_run        INTEGER,
  last_success_at INTEGER,
  next_run_at     INTEGER,
  resume          TEXT    NOT NULL
) STRICT;

CREATE TABLE run (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  source     TEXT    NOT NULL,
  started_by TEXT    NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at   INTEGER,
  end_reason TEXT    NOT NULL,
  message    TEXT    NOT NULL DEFAULT '',
  counts     TEXT    NOT NULL DEFAULT '{}',  -- JSON: fetched, found, films, rejected and why, warnings
  bytes      INTEGER NOT NULL DEFAULT 0,
  errors     INTEGER NOT NULL DEFAULT 0,
  stored     INTEGER NOT NULL DEFAULT 0,     -- films that went into the outbox
  created    INTEGER NOT NULL DEFAULT 0,     -- and what metadata made of them
  updated    INTEGER NOT NULL DEFAULT 0,
  unchanged  INTEGER NOT NULL DEFAULT 0,
  merged     INTEGER NOT NULL DEFAULT 0,
  refused    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX run_by_source ON run (source, id);

-- Films on their way to metadata, in order. A row leaves only after metadata has answered for it.
CREATE TABLE outbox (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  run  INTEGER NOT NULL,
  film TEXT    NOT NULL  -- JSON, as an upsert takes it
) STRICT;

-- What did not become a film. Bounded: the oldest go.
CREATE TABLE reject (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  run       INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  source    TEXT    NOT NULL,
  source_id TEXT    NOT NULL,
  position  TEXT    NOT NULL,
  stage     TEXT    NOT NULL,
  reasons   TEXT    NOT NULL,  -- JSON: [{"code", "detail"}]
  excerpt   TEXT    NOT NULL
) STRICT;
CREATE INDEX reject_by_source ON reject (source, id);
CREATE INDEX reject_by_run ON reject (run, id);
