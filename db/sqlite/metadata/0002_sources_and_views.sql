-- Films of several sources, edits by hand, views counted here, matching of the same film.
ALTER TABLE movies ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]' CHECK (substr(aliases, 1, 1) = '[');
-- JSON object: kind of number ("imdb") → value.
ALTER TABLE movies ADD COLUMN external_ids TEXT NOT NULL DEFAULT '{}' CHECK (substr(external_ids, 1, 1) = '{');
-- JSON merge patch of what was changed by hand.
ALTER TABLE movies ADD COLUMN edits TEXT CHECK (substr(edits, 1, 1) = '{');
-- How many rows of source_records it has: 0 for a film of one source without edits, which is its own record.
ALTER TABLE movies ADD COLUMN record_count INTEGER NOT NULL DEFAULT 0 CHECK (record_count >= 0);

-- What each source says of a film that has several, or edits. The main one has position 0; its source and
-- source_id are the film's.
CREATE TABLE source_records (
  movie_id INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
  source_id TEXT NOT NULL CHECK (length(source_id) BETWEEN 1 AND 500),
  facts TEXT NOT NULL CHECK (substr(facts, 1, 1) = '{'), -- as an upsert's row
  PRIMARY KEY (movie_id, position),
  UNIQUE (source, source_id)
) STRICT, WITHOUT ROWID;

-- Hashes of titles and numbers: films that share one are compared when a new record comes in.
CREATE TABLE match_keys (
  match_key INTEGER NOT NULL,
  movie_id INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
  PRIMARY KEY (match_key, movie_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX match_keys_of_movie ON match_keys (movie_id);

-- Pairs that may be the same film, for people to decide.
CREATE TABLE reviews (
  movie_id INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
  reasons TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  dismissed INTEGER NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1)),
  PRIMARY KEY (movie_id, other_id),
  CHECK (movie_id < other_id)
) STRICT, WITHOUT ROWID;

-- Views counted here: apart from the films, since they change all the time.
CREATE TABLE local_views (
  movie_id INTEGER PRIMARY KEY REFERENCES movies (id) ON DELETE CASCADE,
  views INTEGER NOT NULL CHECK (views >= 0),
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX local_views_by_version ON local_views (version);
INSERT INTO local_views (movie_id, views, version) SELECT id, local_views, 1 FROM movies WHERE local_views > 0;
ALTER TABLE movies DROP COLUMN local_views;

-- Writes that came with an Idempotency-Key; forgotten after a day.
CREATE TABLE idempotency_keys (
  idempotency_key TEXT PRIMARY KEY CHECK (length(idempotency_key) BETWEEN 1 AND 255),
  request_hash TEXT NOT NULL,
  movie_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

ALTER TABLE catalogue ADD COLUMN last_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE catalogue ADD COLUMN views_version INTEGER NOT NULL DEFAULT 1;
-- The version of the algorithm that made match_keys; they are made anew when the program has a newer one.
ALTER TABLE catalogue ADD COLUMN match_version INTEGER NOT NULL DEFAULT 0;
-- While they are made anew: by which version, and up to which film.
ALTER TABLE catalogue ADD COLUMN match_making INTEGER NOT NULL DEFAULT 0;
ALTER TABLE catalogue ADD COLUMN match_made_up_to INTEGER NOT NULL DEFAULT 0;
-- What cursors are signed with.
ALTER TABLE catalogue ADD COLUMN secret BLOB NOT NULL DEFAULT x'';
UPDATE catalogue SET last_id = max((SELECT coalesce(max(id), 0) FROM movies),
                                   (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'movies')),
                     secret = randomblob(32);
