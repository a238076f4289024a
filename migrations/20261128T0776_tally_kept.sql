-- The sums of all offices of a period that has ended, read by the trend of the national page instead of summing each office again. A write to the
-- tallies of the period takes the line away; the scheduler asks for it anew and fills it in a minute later, when whoever wrote meanwhile has
-- taken it away again. A line without sums, or of another tree, says nothing: then the offices are summed.
CREATE TABLE tally_kept (
    indicator TEXT NOT NULL,                        -- name of the tallies: 'ppid_requests', 'plan_progress'
    period TEXT NOT NULL,                           -- '2025', '2026-06'
    unit_id BIGINT NOT NULL REFERENCES unit (id),   -- the office above all
    tree_version BIGINT NOT NULL REFERENCES unit_tree (version),
    asked_at BIGINT NOT NULL,
    sums TEXT,                                      -- 'd=40 n=12': each part with its sum; none = asked for, not counted yet
    PRIMARY KEY (indicator, period)
);
