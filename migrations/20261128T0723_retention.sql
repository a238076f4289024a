-- Records past the retention of their register: what a records officer decided, and who approved that they are destroyed.
-- States (subject.state): kept; proposed > approved > done, or refused.
CREATE TABLE retention_decision (
    subject_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind = 'retention'),
    register TEXT NOT NULL,
    year BIGINT NOT NULL,                           -- in which they were closed (or made, as the register says)
    decision TEXT NOT NULL CHECK (decision IN ('destroy', 'keep')),
    reason TEXT NOT NULL,
    keep_until TEXT,                                -- last day of keeping; '9999-12-31' = for good; none = to be destroyed
    rule TEXT NOT NULL,                             -- '5 closed': years of the register's retention and from when, as it stood
    legal_basis TEXT NOT NULL,                      -- of the register, as it stood
    records BIGINT NOT NULL,                        -- how many it names
    decided_by BIGINT NOT NULL REFERENCES person (id),
    decided_at BIGINT NOT NULL,
    judged_by BIGINT REFERENCES person (id),        -- who approved, refused or withdrew it
    judged_at BIGINT,
    FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind)
);

-- The records that a decision names: exactly those are destroyed or kept, and no other.
CREATE TABLE retention_item (
    decision_id BIGINT NOT NULL REFERENCES retention_decision (subject_id),
    subject_id BIGINT NOT NULL REFERENCES subject (id),
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'destroyed', 'left')),     -- left: something stood in the way
    PRIMARY KEY (decision_id, subject_id)
);
CREATE INDEX retention_item_by_subject ON retention_item (subject_id);
