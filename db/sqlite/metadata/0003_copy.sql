-- What `filmoteka copy` has brought here. While it is under way the catalogue is not served.
ALTER TABLE catalogue ADD COLUMN copying INTEGER NOT NULL DEFAULT 0 CHECK (copying IN (0, 1));
-- What the last copy left here, whole; anything later was written by others. NULL: there was none.
ALTER TABLE catalogue ADD COLUMN copied_revision INTEGER;
ALTER TABLE catalogue ADD COLUMN copied_views_version INTEGER;
