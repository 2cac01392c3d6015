-- For tests only: what a release may add that the one before it does not notice (docs/decisions/0007).
ALTER TABLE movies ADD COLUMN studio text CHECK (length(studio) BETWEEN 1 AND 500);
ALTER TABLE movies ADD COLUMN is_restored boolean NOT NULL DEFAULT false;
CREATE TABLE studios (
  name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 500),
  country text
);
CREATE INDEX movies_by_studio ON movies (studio) WHERE studio IS NOT NULL;
