-- So that the deletion of a film finds the reviews in which it stands second (ON DELETE CASCADE).
CREATE INDEX reviews_of_other ON reviews (other_id);
