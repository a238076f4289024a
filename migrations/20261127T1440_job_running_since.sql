-- When the worker that has the job now took it: what is left is told from the time since then.
ALTER TABLE job ADD COLUMN running_since BIGINT;        -- ms since 1970, UTC; NULL while nobody has taken it
