-- The attendance list of an event (register event_attendance) while people sign in by QR. What was signed stands in the rows of the record.
CREATE TABLE attendance_list (
    record_id BIGINT PRIMARY KEY REFERENCES subject (id),
    code_key TEXT NOT NULL,                         -- 256 random bits: the codes on the screen are made of it
    opened_by BIGINT NOT NULL REFERENCES person (id),
    opened_at BIGINT NOT NULL,
    closed_at BIGINT                                -- no more signing after it
);

-- One signature of one person at one event, whatever is pressed twice. Struck out: the row leaves the record, the mark stays with its reason.
CREATE TABLE attendance_mark (
    record_id BIGINT NOT NULL REFERENCES subject (id),
    who TEXT NOT NULL,                              -- 'person:17' or 'guest:budi|dinas kominfo' (normalised)
    row_id BIGINT,                                  -- of the record's list; none = struck out
    came_how TEXT NOT NULL CHECK (came_how IN ('scan', 'guest', 'host')),
    marked_at BIGINT NOT NULL,
    struck_by BIGINT REFERENCES person (id),
    struck_at BIGINT,
    struck_why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (record_id, who)
);
