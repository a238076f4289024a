-- What a report said when its number was given: the rows of the plan with their states, notes and proofs on that day. Never written again.
CREATE TABLE report_snapshot (
    paper_id BIGINT PRIMARY KEY REFERENCES official_paper (subject_id),
    taken_on TEXT NOT NULL,                         -- the day that decided what is late
    taken_at BIGINT NOT NULL,
    earlier_id BIGINT REFERENCES official_paper (subject_id),   -- the report before it, whose follow-up it tells
    content TEXT NOT NULL                           -- JSON: report/records.hpp
);
