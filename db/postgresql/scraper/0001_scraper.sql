-- The memory that scrapers share. Times that programs compare are milliseconds since 1970, UTC; those that the
-- database itself compares are its own.

-- What is remembered of a source between runs; the definition itself is a file in sources/.
CREATE TABLE source_state (
  name text COLLATE "C" PRIMARY KEY,
  paused boolean NOT NULL DEFAULT false,
  health text NOT NULL DEFAULT 'ok',
  message text NOT NULL DEFAULT '',
  failures bigint NOT NULL DEFAULT 0,
  bad_runs bigint NOT NULL DEFAULT 0,
  last_run bigint,
  last_success_at bigint,
  next_run_at bigint,
  resume text NOT NULL DEFAULT '',
  sweep bigint NOT NULL DEFAULT 0,
  last_full_at bigint,
  every bigint -- seconds, as adapted
);

-- Who may run a source (or empty the outbox: '#handover'). The token grows with each holder (fencing).
CREATE TABLE lease (
  source text COLLATE "C" PRIMARY KEY,
  owner text NOT NULL, -- host:process:random; empty: free
  token bigint NOT NULL,
  expires_at timestamptz NOT NULL
);

CREATE TABLE run (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text COLLATE "C" NOT NULL,
  started_by text NOT NULL,
  started_at bigint NOT NULL,
  ended_at bigint,
  end_reason text NOT NULL,
  message text NOT NULL DEFAULT '',
  counts text NOT NULL DEFAULT '{}', -- JSON: fetched, found, films, rejected and why, warnings
  bytes bigint NOT NULL DEFAULT 0,
  errors bigint NOT NULL DEFAULT 0,
  stored bigint NOT NULL DEFAULT 0, -- films that went into the outbox
  created bigint NOT NULL DEFAULT 0, -- and what metadata made of them
  updated bigint NOT NULL DEFAULT 0,
  unchanged bigint NOT NULL DEFAULT 0,
  merged bigint NOT NULL DEFAULT 0,
  refused bigint NOT NULL DEFAULT 0,
  sweep bigint NOT NULL,
  known bigint NOT NULL DEFAULT 0, -- films that had not changed: not sent
  gone bigint NOT NULL DEFAULT 0, -- films that the source has no more
  observations text NOT NULL DEFAULT '{}' -- JSON: pages, films, filled, full, complaints
);
CREATE INDEX run_by_source ON run (source, id);
CREATE INDEX run_open ON run (source) WHERE ended_at IS NULL;

-- Films on their way to metadata, in order. A row leaves only after metadata has answered for it.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run bigint NOT NULL,
  film text NOT NULL, -- JSON, as an upsert takes it
  at bigint NOT NULL
);

-- What did not become a film. Bounded: the oldest go.
CREATE TABLE reject (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run bigint NOT NULL,
  at bigint NOT NULL,
  source text COLLATE "C" NOT NULL,
  source_id text NOT NULL,
  "position" text NOT NULL,
  stage text NOT NULL,
  reasons text NOT NULL, -- JSON: [{"code", "detail"}]
  excerpt text NOT NULL
);
CREATE INDEX reject_by_source ON reject (source, id);
CREATE INDEX reject_by_run ON reject (run, id);

-- What a source said last of each of its films.
CREATE TABLE item (
  definition text COLLATE "C" NOT NULL, -- the source that was run
  source text COLLATE "C" NOT NULL, -- (source, source_id) of the film; for most the same as the definition
  source_id text COLLATE "C" NOT NULL,
  film text NOT NULL, -- JSON, as it was sent
  seen_sweep bigint NOT NULL,
  missing bigint NOT NULL, -- full sweeps in a row that did not see it
  gone boolean NOT NULL, -- sent as inactive
  PRIMARY KEY (definition, source, source_id)
);
CREATE INDEX item_by_sweep ON item (definition, seen_sweep);

-- What conditional requests need. A URL may be longer than a row of an index, so its hash stands there.
CREATE TABLE url_validator (
  source text COLLATE "C" NOT NULL,
  url text NOT NULL,
  etag text NOT NULL,
  last_modified text NOT NULL,
  at bigint NOT NULL
);
CREATE UNIQUE INDEX url_validator_by_url ON url_validator (source, md5(url));
CREATE INDEX url_validator_by_age ON url_validator (source, at);

-- The last answer of each source that was not as expected.
CREATE TABLE saved_page (
  source text COLLATE "C" PRIMARY KEY,
  run bigint NOT NULL,
  at bigint NOT NULL,
  url text NOT NULL,
  status bigint NOT NULL,
  content_type text NOT NULL,
  what text NOT NULL,
  body bytea NOT NULL
);

-- Whose turn it is at a host, that several scrapers together are one guest. Times are the database's own.
CREATE TABLE host_turn (
  origin text COLLATE "C" PRIMARY KEY, -- https://rutube.ru
  holder text NOT NULL, -- host:process:random
  held_until timestamptz NOT NULL, -- a holder that died has it no longer
  ready_at timestamptz NOT NULL -- nobody asks the host before
);
