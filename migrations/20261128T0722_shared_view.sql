-- A kept view that its maker shares with the readers of the register in an office.
ALTER TABLE record_view ADD COLUMN shared_unit_id BIGINT REFERENCES unit (id);      -- the office; none = his own alone
CREATE INDEX record_view_shared ON record_view (shared_unit_id, register) WHERE shared_unit_id IS NOT NULL;
