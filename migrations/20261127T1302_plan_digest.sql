-- What a person has set about reminders: muted, and the address of his calendar of due days.
CREATE TABLE reminder_choice (
    person_id BIGINT PRIMARY KEY REFERENCES person (id),
    muted BIGINT NOT NULL DEFAULT 0,                -- 1 = no digest of the plan by mail
    muted_until TEXT,                               -- last day; none = until he says otherwise
    calendar_hash TEXT UNIQUE,                      -- hash of the 128-bit token of the .ics address; none = no address
    calendar_made_at BIGINT
);

-- Each digest that was written: at most two a month, one a week while something is late.
CREATE TABLE plan_digest (
    person_id BIGINT NOT NULL REFERENCES person (id),
    sent_on TEXT NOT NULL,
    late BIGINT NOT NULL,                           -- rows that were late that day
    soon BIGINT NOT NULL,
    PRIMARY KEY (person_id, sent_on)
);
