-- The films: what the catalogue in memory is built from. Never queried for lists; the indexes serve upserts and
-- the change feed only. Times are milliseconds since 1970 in UTC; lists are JSON arrays of texts.
CREATE TABLE movies (
  -- AUTOINCREMENT: the id of a deleted film is never given to another.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL CHECK (length(source) BETWEEN 1 AND 100),
  source_id TEXT NOT NULL CHECK (length(source_id) BETWEEN 1 AND 500),
  source_url TEXT NOT NULL CHECK (length(source_url) <= 2048),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
  original_title TEXT CHECK (length(original_title) BETWEEN 1 AND 500),
  year INTEGER CHECK (year BETWEEN 1888 AND 2200),
  image_url TEXT CHECK (length(image_url) BETWEEN 1 AND 2048),
  thumbnail_url TEXT CHECK (length(thumbnail_url) BETWEEN 1 AND 2048),
  views INTEGER NOT NULL CHECK (views >= 0),
  local_views INTEGER NOT NULL DEFAULT 0 CHECK (local_views >= 0),
  duration_seconds INTEGER CHECK (duration_seconds BETWEEN 1 AND 864000),
  description TEXT CHECK (length(description) BETWEEN 1 AND 20000),
  genres TEXT NOT NULL CHECK (substr(genres, 1, 1) = '['),
  rating INTEGER CHECK (rating BETWEEN 0 AND 100), -- tenths
  age_rating INTEGER CHECK (age_rating IN (0, 6, 12, 16, 18)),
  countries TEXT NOT NULL CHECK (substr(countries, 1, 1) = '['),
  "cast" TEXT NOT NULL CHECK (substr("cast", 1, 1) = '['),
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  added_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  revision INTEGER NOT NULL UNIQUE CHECK (revision > 0),
  UNIQUE (source, source_id)
) STRICT;

-- Films that are gone, for those who follow the change feed.
CREATE TABLE deleted_movies (
  id INTEGER PRIMARY KEY,
  revision INTEGER NOT NULL UNIQUE CHECK (revision > 0),
  deleted_at INTEGER NOT NULL
) STRICT;

-- One row: the revision of the last change. Grows by one with every change of the whole catalogue.
CREATE TABLE catalogue (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  revision INTEGER NOT NULL CHECK (revision >= 0)
) STRICT;
INSERT INTO catalogue (only, revision) VALUES (1, 0);
