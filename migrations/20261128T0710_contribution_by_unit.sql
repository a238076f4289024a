-- The list behind a figure, and the comparing of a figure with its records, go unit by unit.
DROP INDEX contribution_behind;
CREATE INDEX contribution_by_unit ON contribution (indicator, unit_id, part, period, subject_id);
