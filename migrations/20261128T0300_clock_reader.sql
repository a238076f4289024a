-- Who may read the page of a clock beside those with its permission: the maker of the record that it runs on.
ALTER TABLE clock ADD COLUMN reader_id BIGINT REFERENCES person (id);   -- none = nobody beside them
-- Whose limit it is: only the office is ever late; one of an applicant or of a commission just ends.
ALTER TABLE clock ADD COLUMN owed_by TEXT NOT NULL DEFAULT 'office' CHECK (owed_by IN ('office', 'sender', 'others'));
