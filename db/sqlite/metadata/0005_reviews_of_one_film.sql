-- A review may be of one film, whose records contradict each other since one of them has changed. SQLite cannot
-- change a CHECK: the table is made anew, and with it the index for the deletion of films.
CREATE TABLE reviews_of_films (
  movie_id INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
  reasons TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  dismissed INTEGER NOT NULL DEFAULT 0 CHECK (dismissed IN (0, 1)),
  PRIMARY KEY (movie_id, other_id),
  CHECK (movie_id <= other_id)
) STRICT, WITHOUT ROWID;
INSERT INTO reviews_of_films (movie_id, other_id, reasons, created_at, dismissed)
  SELECT movie_id, other_id, reasons, created_at, dismissed FROM reviews;
DROP TABLE reviews;
ALTER TABLE reviews_of_films RENAME TO reviews;
CREATE INDEX reviews_of_other ON reviews (other_id);
