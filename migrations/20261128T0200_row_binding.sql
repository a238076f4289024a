-- What the rows of plans are about (definitions/binding), and the records that propose themselves as proof of them.
CREATE TABLE plan_node_target (
    node_id BIGINT NOT NULL REFERENCES plan_node (subject_id),
    unit_id BIGINT NOT NULL REFERENCES unit (id),   -- the office of the plan
    kind TEXT NOT NULL CHECK (kind IN ('system', 'register', 'indicator', 'none')),     -- none = somebody said that nothing fits
    target TEXT NOT NULL,                           -- id of the system, register or indicator; it may be gone from the program
    how TEXT NOT NULL CHECK (how IN ('import', 'hand', 'model')),   -- proposed by the words; chosen by a person; taken over with a model
    phrase TEXT NOT NULL DEFAULT '',                -- of a proposal: the wording that it was known by
    written_by BIGINT REFERENCES person (id),       -- none = the program
    written_at BIGINT NOT NULL,
    PRIMARY KEY (node_id, kind, target)
);
CREATE INDEX plan_node_target_by_unit ON plan_node_target (unit_id, kind, target);

-- By which definitions the rows of a plan were bound; with newer ones they are bound again, except what a person chose.
CREATE TABLE plan_binding (
    plan_id BIGINT PRIMARY KEY REFERENCES plan (subject_id),
    offer TEXT NOT NULL                             -- fingerprint of definition::Offer
);

-- Records that are done, in the words of the plan: what they may prove and for which day. Written with the record.
CREATE TABLE provable_record (
    record_id BIGINT PRIMARY KEY REFERENCES subject (id),
    register TEXT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    day TEXT NOT NULL,                              -- of what it tells: the day held, received ...
    title TEXT NOT NULL                             -- 'Kegiatan dan daftar hadir KEG-1571-2026-004'; never what stands in it
);
CREATE INDEX provable_record_by_unit ON provable_record (unit_id, day);
CREATE TABLE provable_target (
    record_id BIGINT NOT NULL REFERENCES provable_record (record_id),
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (record_id, kind, target)
);

-- Proposals that a person has set aside.
CREATE TABLE proposal_dismissal (
    node_id BIGINT NOT NULL REFERENCES plan_node (subject_id),
    record_id BIGINT NOT NULL REFERENCES subject (id),
    dismissed_by BIGINT NOT NULL REFERENCES person (id),
    dismissed_at BIGINT NOT NULL,
    PRIMARY KEY (node_id, record_id)
);
CREATE INDEX evidence_by_record ON evidence (record_id) WHERE record_id IS NOT NULL;
