-- The films: what the catalogue in memory is built from. Never queried for lists; the indexes serve writes, the
-- change feed and matching only. Times are milliseconds since 1970 in UTC; lists are JSON arrays of texts.
CREATE TABLE movies (
  id bigint PRIMARY KEY CHECK (id > 0),
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
  source_id text NOT NULL CHECK (length(source_id) BETWEEN 1 AND 500),
  source_url text NOT NULL CHECK (length(source_url) <= 2048),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
  original_title text CHECK (length(original_title) BETWEEN 1 AND 500),
  year integer CHECK (year BETWEEN 1888 AND 2200),
  image_url text CHECK (length(image_url) BETWEEN 1 AND 2048),
  thumbnail_url text CHECK (length(thumbnail_url) BETWEEN 1 AND 2048),
  views bigint NOT NULL CHECK (views >= 0),
  duration_seconds integer CHECK (duration_seconds BETWEEN 1 AND 864000),
  description text CHECK (length(description) BETWEEN 1 AND 20000),
  genres text NOT NULL CHECK (left(genres, 1) = '['),
  rating integer CHECK (rating BETWEEN 0 AND 100), -- tenths
  age_rating integer CHECK (age_rating IN (0, 6, 12, 16, 18)),
  countries text NOT NULL CHECK (left(countries, 1) = '['),
  "cast" text NOT NULL CHECK (left("cast", 1) = '['),
  aliases text NOT NULL CHECK (left(aliases, 1) = '['),
  external_ids text NOT NULL CHECK (left(external_ids, 1) = '{'), -- kind of number ("imdb") → value
  is_active boolean NOT NULL,
  edits text CHECK (left(edits, 1) = '{'), -- JSON merge patch of what was changed by hand
  -- How many rows of source_records it has: 0 for a film of one source without edits, which is its own record.
  record_count integer NOT NULL CHECK (record_count >= 0),
  added_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  -- Deferred: within one transaction keys may go from one film to another.
  revision bigint NOT NULL CHECK (revision > 0) UNIQUE DEFERRABLE INITIALLY DEFERRED,
  UNIQUE (source, source_id) DEFERRABLE INITIALLY DEFERRED
);

-- Films that are gone, for those who follow the change feed.
CREATE TABLE deleted_movies (
  id bigint PRIMARY KEY,
  revision bigint NOT NULL CHECK (revision > 0) UNIQUE DEFERRABLE INITIALLY DEFERRED,
  deleted_at bigint NOT NULL
);

-- What each source says of a film that has several, or edits. The main one has position 0.
CREATE TABLE source_records (
  movie_id bigint NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
  position integer NOT NULL CHECK (position >= 0),
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
  source_id text NOT NULL CHECK (length(source_id) BETWEEN 1 AND 500),
  facts text NOT NULL CHECK (left(facts, 1) = '{'), -- as an upsert's row
  PRIMARY KEY (movie_id, position),
  UNIQUE (source, source_id)
);

-- Hashes of titles and numbers: films that share one are compared when a new record comes in.
CREATE TABLE match_keys (
  match_key bigint NOT NULL,
  movie_id bigint NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
  PRIMARY KEY (match_key, movie_id)
);
CREATE INDEX match_keys_of_movie ON match_keys (movie_id);

-- Pairs that may be the same film, for people to decide.
CREATE TABLE reviews (
  movie_id bigint NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
  other_id bigint NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
  reasons text NOT NULL,
  created_at bigint NOT NULL,
  dismissed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (movie_id, other_id),
  CHECK (movie_id < other_id)
);
CREATE INDEX reviews_of_other ON reviews (other_id);

-- Views counted here: apart from the films, since they change all the time.
CREATE TABLE local_views (
  movie_id bigint PRIMARY KEY REFERENCES movies (id) ON DELETE CASCADE,
  views bigint NOT NULL CHECK (views >= 0),
  version bigint NOT NULL
);
CREATE INDEX local_views_by_version ON local_views (version);

-- Writes that came with an Idempotency-Key; forgotten after a day.
CREATE TABLE idempotency_keys (
  idempotency_key text PRIMARY KEY CHECK (length(idempotency_key) BETWEEN 1 AND 255),
  request_hash text NOT NULL,
  movie_id bigint NOT NULL,
  revision bigint NOT NULL,
  created_at bigint NOT NULL
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

-- One row, which every writer locks first: so writers of all replicas come one after another, and revisions
-- become visible in their order.
CREATE TABLE catalogue (
  single integer PRIMARY KEY CHECK (single = 1),
  revision bigint NOT NULL CHECK (revision >= 0),
  last_id bigint NOT NULL CHECK (last_id >= 0),
  views_version bigint NOT NULL,
  match_version bigint NOT NULL, -- of the algorithm that made match_keys
  secret bytea NOT NULL CHECK (length(secret) = 32) -- what cursors are signed with
) WITH (fillfactor = 10);
INSERT INTO catalogue VALUES (1, 0, 0, 1, 0, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
