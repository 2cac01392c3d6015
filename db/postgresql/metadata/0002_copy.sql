-- What `filmoteka copy` has brought here. While it is under way (copying) the catalogue is not served; what the
-- last copy left here, whole, is copied_…: anything later was written by others; null: there was none.
ALTER TABLE catalogue
  ADD COLUMN copying boolean NOT NULL DEFAULT false,
  ADD COLUMN copied_revision bigint,
  ADD COLUMN copied_views_version bigint;
