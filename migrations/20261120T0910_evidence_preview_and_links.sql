-- A small picture of an image, and how many links a proof has: 0 = still in the box of what is sorted later.
ALTER TABLE evidence ADD COLUMN preview_hash TEXT;
ALTER TABLE evidence ADD COLUMN links BIGINT NOT NULL DEFAULT 0;
CREATE INDEX evidence_unsorted ON evidence (brought_by, subject_id) WHERE links = 0;
CREATE INDEX upload_by_age ON upload (written_at);
