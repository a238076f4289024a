-- The branches right below an office, and the offices of a branch, are read from this index alone: reports over all offices read each closure row once.
CREATE INDEX unit_scope_by_depth ON unit_scope (tree_version, ancestor_id, depth, unit_id);
