-- How far the records of a register were told to the plan (provable_record) by the definitions of now: what was done before somebody listened,
-- or proves something else since, proposes itself too.
CREATE TABLE provable_build (
    register TEXT PRIMARY KEY,
    offer TEXT NOT NULL,                            -- fingerprint of the definitions that the records are told by
    last_record BIGINT NOT NULL DEFAULT 0,          -- id of the last record that was looked at
    done BIGINT NOT NULL DEFAULT 0                  -- 1 = all of them were
);
