-- The year that goes with a name, so that only films of about that year are compared; 0 meets every year, as do
-- the rows of an older program.
ALTER TABLE match_keys ADD COLUMN year INTEGER NOT NULL DEFAULT 0 CHECK (year BETWEEN 0 AND 2200);
