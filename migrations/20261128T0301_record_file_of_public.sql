-- Files that came with a record through the public door were brought by nobody who has an account.
ALTER TABLE record_file ADD COLUMN brought_by_person BIGINT REFERENCES person (id);     -- none = who sent the record in
UPDATE record_file SET brought_by_person = brought_by;
ALTER TABLE record_file DROP COLUMN brought_by;
ALTER TABLE record_file RENAME COLUMN brought_by_person TO brought_by;
