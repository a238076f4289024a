-- A reporting package (paket laporan): what an office sends up for a period. State in subject: draft (being put together), packing (a
-- job writes the ZIP), sent. Where it stands with each recipient is in package_delivery.
CREATE TABLE report_package (
    subject_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'report_package' CHECK (kind = 'report_package'),
    unit_id BIGINT NOT NULL REFERENCES unit (id),   -- the office that sends
    year BIGINT NOT NULL,
    period TEXT NOT NULL,                           -- 'Q1' .. 'Q4', 'S1', 'S2', 'Y': definitions/reports/package.yaml
    note TEXT NOT NULL DEFAULT '',                  -- to those who receive it
    with_plan BIGINT NOT NULL DEFAULT 1,            -- 1 = the plan as a sheet goes along
    with_proofs BIGINT NOT NULL DEFAULT 1,          -- 1 = the proofs of the rows due in the period go along
    round BIGINT NOT NULL DEFAULT 0,                -- of the last sending; 0 = never sent
    written_at BIGINT NOT NULL,
    written_by BIGINT REFERENCES person (id),
    FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind),
    UNIQUE (unit_id, year, period)
);

-- Official papers of the office that go along with the next sending.
CREATE TABLE package_paper (
    package_id BIGINT NOT NULL REFERENCES report_package (subject_id),
    paper_id BIGINT NOT NULL REFERENCES official_paper (subject_id),
    PRIMARY KEY (package_id, paper_id)
);

-- "Bukti untuk baris ...": rows of the plan that the receipt will prove, bound by the sender.
CREATE TABLE package_row (
    package_id BIGINT NOT NULL REFERENCES report_package (subject_id),
    deliverable_id BIGINT NOT NULL REFERENCES deliverable (subject_id),
    PRIMARY KEY (package_id, deliverable_id)
);

-- One sending. Its archive is kept as bytes and never rebuilt.
CREATE TABLE package_round (
    package_id BIGINT NOT NULL REFERENCES report_package (subject_id),
    round BIGINT NOT NULL,                          -- from 1
    note TEXT NOT NULL DEFAULT '',                  -- as it stood when sent
    sent_at BIGINT NOT NULL,                        -- when the sender pressed the button
    sent_by BIGINT REFERENCES person (id),
    archive_hash TEXT NOT NULL DEFAULT '',          -- SHA-256 of the ZIP; empty until it is written
    archive_bytes BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (package_id, round)
);
CREATE INDEX package_round_by_blob ON package_round (archive_hash);

-- What a sending holds, as listed in its daftar isi.
CREATE TABLE package_file (
    package_id BIGINT NOT NULL,
    round BIGINT NOT NULL,
    place BIGINT NOT NULL,                          -- order in the list of contents
    path TEXT NOT NULL,                             -- inside the ZIP; empty for what lies elsewhere (a link, a reference)
    title TEXT NOT NULL,
    blob_hash TEXT NOT NULL DEFAULT '',             -- SHA-256 of the bytes; empty when there is no file
    bytes BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (package_id, round, place),
    FOREIGN KEY (package_id, round) REFERENCES package_round (package_id, round)
);
CREATE INDEX package_file_by_blob ON package_file (blob_hash);

-- Where one sending stands with one recipient.
CREATE TABLE package_delivery (
    package_id BIGINT NOT NULL,
    round BIGINT NOT NULL,
    recipient TEXT NOT NULL,                        -- 'steering', 'province', 'national': definitions/reports/package.yaml
    unit_id BIGINT NOT NULL REFERENCES unit (id),   -- the office addressed
    state TEXT NOT NULL CHECK (state IN ('packing', 'sent', 'received', 'returned', 'accepted')),
    receipt_number TEXT NOT NULL DEFAULT '',        -- tanda terima, from the series of the office addressed
    number_id BIGINT REFERENCES paper_number (id),
    received_at BIGINT,
    received_by BIGINT REFERENCES person (id),
    evidence_id BIGINT REFERENCES evidence (subject_id),    -- the receipt as proof of the sender's rows
    decided_at BIGINT,                              -- returned or accepted
    decided_by BIGINT REFERENCES person (id),
    reason TEXT NOT NULL DEFAULT '',                -- of the return
    PRIMARY KEY (package_id, round, recipient),
    FOREIGN KEY (package_id, round) REFERENCES package_round (package_id, round)
);
CREATE INDEX package_delivery_by_unit ON package_delivery (unit_id, state);
