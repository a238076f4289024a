-- A plan of an office and year ('office') or a model that others adopt ('model'). Its state (draft, fixed, closed)
-- and version stand in subject.
CREATE TABLE plan (
    subject_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'plan' CHECK (kind = 'plan'),
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    year BIGINT NOT NULL,
    plan_kind TEXT NOT NULL CHECK (plan_kind IN ('office', 'model')),
    revision BIGINT NOT NULL DEFAULT 0,             -- raised by each revision of a fixed plan
    title TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',                -- '12 TAHUN 2022'
    decided_on TEXT,                                -- date of the decree
    place TEXT NOT NULL DEFAULT '',
    signatory_name TEXT NOT NULL DEFAULT '',
    signatory_role TEXT NOT NULL DEFAULT '',
    decree TEXT NOT NULL DEFAULT '{}',              -- JSON: menimbang, mengingat, dicta, certifier, as read
    fixed_at BIGINT,
    adopted_from BIGINT REFERENCES plan (subject_id),
    published BIGINT NOT NULL DEFAULT 0,            -- model plans: offered to the offices below
    FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind),
    UNIQUE (unit_id, year, plan_kind)
);

CREATE TABLE plan_node (
    subject_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'plan_node' CHECK (kind = 'plan_node'),
    plan_id BIGINT NOT NULL REFERENCES plan (subject_id),
    parent_id BIGINT REFERENCES plan_node (subject_id),
    level TEXT NOT NULL CHECK (level IN ('area', 'activity', 'subactivity', 'indicator')),
    area_no BIGINT NOT NULL,                        -- of the area it stands under, 1 to 8; 0 = outside the eight
    place BIGINT NOT NULL,                          -- order in the whole plan, depth first
    number TEXT NOT NULL,                           -- as printed: '1.', 'a)', or empty
    body TEXT NOT NULL,
    remark TEXT NOT NULL DEFAULT '',                -- KET as printed
    source TEXT NOT NULL DEFAULT '',                -- JSON: lines or page and cell of the decree
    owner_subdivision_id BIGINT REFERENCES subdivision (id),
    owner_post_id BIGINT REFERENCES post (id),
    authority TEXT NOT NULL DEFAULT 'office' CHECK (authority IN ('office', 'province', 'national')),
    tentative BIGINT NOT NULL DEFAULT 0,
    applies BIGINT NOT NULL DEFAULT 1,
    applies_reason TEXT NOT NULL DEFAULT '',
    common_item TEXT,                               -- butir: the same thing in the plans of all offices
    indicator_kind TEXT CHECK (indicator_kind IN ('document', 'count', 'share', 'index', 'trend')),
    printed_months BIGINT NOT NULL DEFAULT 0,       -- bit 0 = January; never altered by the working schedule
    months_certain BIGINT NOT NULL DEFAULT 1,
    working_months BIGINT,                          -- set without a revision; none = the printed ones hold
    rhythm TEXT CHECK (rhythm IN ('each_mark', 'once_in_run', 'continuous', 'monthly')),
    removed_at BIGINT,                              -- taken out by a revision; kept for comparison
    search TEXT NOT NULL,                           -- normalised text
    FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind)
);
CREATE INDEX plan_node_by_plan ON plan_node (plan_id, place);
CREATE INDEX plan_node_by_common_item ON plan_node (common_item, plan_id);

-- A success indicator may cover several sub-activities; its parent is the first of them.
CREATE TABLE plan_cover (
    indicator_id BIGINT NOT NULL REFERENCES plan_node (subject_id),
    subactivity_id BIGINT NOT NULL REFERENCES plan_node (subject_id),
    PRIMARY KEY (indicator_id, subactivity_id)
);
CREATE INDEX plan_cover_by_subactivity ON plan_cover (subactivity_id);

-- What is owed by a day (keluaran). Its state stands in subject: scheduled, under_way, submitted, returned, verified,
-- not_applicable. Late, backfilled and other authority are computed, but "passed" is written by the scheduler when
-- the due day has ended, so that every figure is a pure function of this row.
CREATE TABLE deliverable (
    subject_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'deliverable' CHECK (kind = 'deliverable'),
    plan_id BIGINT NOT NULL REFERENCES plan (subject_id),
    node_id BIGINT NOT NULL REFERENCES plan_node (subject_id),
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    passed BIGINT NOT NULL DEFAULT 0,
    next_change_at BIGINT,                          -- when passed turns to 1; none = nothing to come
    proofs BIGINT NOT NULL DEFAULT 0,               -- how many pieces of evidence point here
    note TEXT NOT NULL DEFAULT '',                  -- keterangan realisasi
    submitted_by BIGINT REFERENCES person (id),
    submitted_at BIGINT,
    decided_by BIGINT REFERENCES person (id),       -- who verified or returned
    decided_at BIGINT,
    reason TEXT NOT NULL DEFAULT '',                -- of the return or the reopening
    FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind),
    UNIQUE (node_id, starts_on, ends_on)
);
CREATE INDEX deliverable_by_plan ON deliverable (plan_id, due_on);
CREATE INDEX deliverable_next_change ON deliverable (next_change_at) WHERE next_change_at IS NOT NULL;

-- The checklist inside a deliverable: one line per success indicator. Zero, not reported and not applicable are three things.
CREATE TABLE deliverable_item (
    deliverable_id BIGINT NOT NULL REFERENCES deliverable (subject_id),
    node_id BIGINT NOT NULL REFERENCES plan_node (subject_id),
    answer TEXT NOT NULL CHECK (answer IN ('reported', 'not_reported', 'not_applicable')),
    fulfilled BIGINT NOT NULL DEFAULT 0,
    numerator BIGINT,
    denominator BIGINT,
    written_by BIGINT REFERENCES person (id),
    written_at BIGINT NOT NULL,
    PRIMARY KEY (deliverable_id, node_id)
);

CREATE TABLE evidence (
    subject_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'evidence' CHECK (kind = 'evidence'),
    evidence_kind TEXT NOT NULL CHECK (evidence_kind IN ('file', 'link', 'reference', 'record')),
    title TEXT NOT NULL,
    address TEXT NOT NULL DEFAULT '',               -- of a link
    paper_kind TEXT NOT NULL DEFAULT '',            -- of a reference: 'SK', 'Berita Acara'
    paper_number TEXT NOT NULL DEFAULT '',
    paper_date TEXT,
    record_id BIGINT REFERENCES subject (id),
    blob_hash TEXT,                                 -- the cleaned copy that people see
    original_hash TEXT,                             -- as sent; restricted
    media_type TEXT NOT NULL DEFAULT '',
    bytes BIGINT NOT NULL DEFAULT 0,
    file_name TEXT NOT NULL DEFAULT '',             -- shown, never a path
    brought_by BIGINT NOT NULL REFERENCES person (id),
    brought_at BIGINT NOT NULL,
    effective_on TEXT,                              -- a file scanned in July can prove June
    covers_from TEXT,
    covers_to TEXT,
    released BIGINT NOT NULL DEFAULT 0,             -- shown to the public
    FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind)
);
CREATE INDEX evidence_by_blob ON evidence (blob_hash);
CREATE INDEX evidence_by_original ON evidence (original_hash);

-- One proof for many subjects; node_id names the success indicator it proves inside a deliverable.
CREATE TABLE evidence_link (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    evidence_id BIGINT NOT NULL REFERENCES evidence (subject_id),
    subject_id BIGINT NOT NULL REFERENCES subject (id),
    node_id BIGINT REFERENCES plan_node (subject_id),
    linked_by BIGINT NOT NULL REFERENCES person (id),
    linked_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX evidence_link_once ON evidence_link (evidence_id, subject_id, COALESCE(node_id, 0));
CREATE INDEX evidence_link_by_subject ON evidence_link (subject_id);

-- A file on its way in pieces, so that a broken line can go on (parts lie in the blob folder until complete).
CREATE TABLE upload (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id),
    upload_key TEXT NOT NULL,                       -- made by the browser: the same file goes on where it stopped
    file_name TEXT NOT NULL,
    total_bytes BIGINT NOT NULL,
    received_bytes BIGINT NOT NULL,
    evidence_id BIGINT REFERENCES evidence (subject_id),
    written_at BIGINT NOT NULL,
    UNIQUE (account_id, upload_key)
);

-- Sums kept true by each write: (indicator, part) of a unit in a period. Small table, ordered as it is read.
CREATE TABLE tally (
    indicator TEXT NOT NULL,
    period TEXT NOT NULL,
    part TEXT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    amount BIGINT NOT NULL,
    PRIMARY KEY (indicator, period, part, unit_id)
);
CREATE INDEX tally_by_unit ON tally (unit_id, indicator, period, part, amount);
