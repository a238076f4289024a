-- Permintaan ke satker: a supervising office asks lower offices for a paper or a figure by a date. State in subject: open, closed.
CREATE TABLE unit_request (
    subject_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'unit_request' CHECK (kind = 'unit_request'),
    unit_id BIGINT NOT NULL REFERENCES unit (id),   -- the office that asks
    title TEXT NOT NULL,
    body TEXT NOT NULL DEFAULT '',                  -- what exactly, and why
    wants TEXT NOT NULL CHECK (wants IN ('paper', 'number', 'share')),
    measure TEXT NOT NULL DEFAULT '',               -- what a figure counts: 'orang', 'dokumen'
    due_on TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    written_by BIGINT REFERENCES person (id),
    FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind)
);
CREATE INDEX unit_request_by_unit ON unit_request (unit_id, due_on);

-- What one office answers. State in subject (of the office that answers): open, answered, not_available,
-- not_answered (open when its request was closed). Zero is an answer.
CREATE TABLE request_answer (
    subject_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'request_answer' CHECK (kind = 'request_answer'),
    request_id BIGINT NOT NULL REFERENCES unit_request (subject_id),
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    numerator BIGINT,                               -- of a number or a share
    denominator BIGINT,                             -- of a share
    address TEXT NOT NULL DEFAULT '',               -- of a link
    paper_id BIGINT REFERENCES official_paper (subject_id),
    blob_hash TEXT NOT NULL DEFAULT '',             -- a file, as cleaned
    file_name TEXT NOT NULL DEFAULT '',             -- shown, never a path
    media_type TEXT NOT NULL DEFAULT '',
    bytes BIGINT NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',                  -- with an answer, or the reason why there is none
    answered_at BIGINT,
    answered_by BIGINT REFERENCES person (id),
    FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind),
    UNIQUE (request_id, unit_id)
);
CREATE INDEX request_answer_by_unit ON request_answer (unit_id);
CREATE INDEX request_answer_by_blob ON request_answer (blob_hash);
