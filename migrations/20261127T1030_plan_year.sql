-- A fixed due day other than the month end: part of the working schedule, set without a revision, never printed.
ALTER TABLE plan_node ADD COLUMN due_day BIGINT CHECK (due_day BETWEEN 1 AND 31);      -- none = the last day of the last month
ALTER TABLE plan_node ADD COLUMN due_months_after BIGINT NOT NULL DEFAULT 0 CHECK (due_months_after IN (0, 1));  -- 1 = of the month that follows
ALTER TABLE plan_node ADD COLUMN due_shift TEXT NOT NULL DEFAULT 'keep' CHECK (due_shift IN ('keep', 'before', 'after'));  -- when offices are closed that day
-- The row of last year's plan that was not finished and goes on here: "dibawa dari tahun lalu" is computed from it.
ALTER TABLE plan_node ADD COLUMN carried_from BIGINT REFERENCES plan_node (subject_id);
CREATE INDEX plan_node_carried_from ON plan_node (carried_from) WHERE carried_from IS NOT NULL;
