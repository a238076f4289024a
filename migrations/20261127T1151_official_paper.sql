-- A paper that an office issues: decree, report, minutes, letter. State in subject: draft, initialled, agreed, numbered,
-- signed, revoked, cancelled.
CREATE TABLE official_paper (
    subject_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'official_paper' CHECK (kind = 'official_paper'),
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    paper_kind TEXT NOT NULL,                       -- 'decree' ...: what the program registered (paper/press.hpp)
    about_id BIGINT REFERENCES subject (id),        -- the plan, report ... that it speaks of
    about_version BIGINT,                           -- version of that subject when the number was given: what was printed
    once_key TEXT,                                  -- of papers that exist once: '2026'; none = as many as wanted
    void BIGINT NOT NULL DEFAULT 0,                 -- 1 = cancelled or revoked: the key is free again
    title TEXT NOT NULL,
    content TEXT NOT NULL DEFAULT '{}',             -- JSON: the texts that people edit; shape by paper_kind
    size TEXT NOT NULL DEFAULT 'F4' CHECK (size IN ('A4', 'F4')),
    number_id BIGINT REFERENCES paper_number (id),
    number TEXT NOT NULL DEFAULT '',
    dated_on TEXT,
    place TEXT NOT NULL DEFAULT '',
    minutes_number TEXT NOT NULL DEFAULT '',        -- berita acara rapat pleno
    minutes_on TEXT,
    code TEXT NOT NULL UNIQUE,                      -- of the public verification page, 12 signs
    reason TEXT NOT NULL DEFAULT '',                -- of the cancelling or revoking
    revoked_on TEXT,
    written_at BIGINT NOT NULL,
    written_by BIGINT REFERENCES person (id),
    FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind)
);
CREATE UNIQUE INDEX official_paper_once ON official_paper (unit_id, paper_kind, once_key) WHERE void = 0;
CREATE INDEX official_paper_by_about ON official_paper (about_id);

-- Who has put his initials (paraf) on it.
CREATE TABLE paper_initial (
    paper_id BIGINT NOT NULL REFERENCES official_paper (subject_id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    post TEXT NOT NULL,                             -- title of the post at that moment, also 'Plt. ...'
    initialled_at BIGINT NOT NULL,
    PRIMARY KEY (paper_id, person_id)
);

-- The paper as bytes. Only 'preview' is ever written again; the others are kept as they were issued.
CREATE TABLE paper_file (
    paper_id BIGINT NOT NULL REFERENCES official_paper (subject_id),
    edition TEXT NOT NULL CHECK (edition IN ('preview', 'final', 'original', 'copy')),
    media TEXT NOT NULL CHECK (media IN ('pdf', 'docx', 'jpg', 'png')),
    blob_hash TEXT NOT NULL,                        -- SHA-256: what the public page shows
    bytes BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (paper_id, edition, media)
);
CREATE INDEX paper_file_by_blob ON paper_file (blob_hash);
