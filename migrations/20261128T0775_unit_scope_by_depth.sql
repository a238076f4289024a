-- The branches right below an office, and the offices of a branch, are read from this index alone: reports over all offices read each closure row once.
CREATE INDEX unit_scope_by_depth ON unit_scope (ancestor_id, tree_version, depth, unit_id);
