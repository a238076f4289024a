-- Records that people sent in without an account. Whoever holds the tracking code reads where theirs stands.
CREATE TABLE record_intake (
    subject_id BIGINT PRIMARY KEY REFERENCES subject (id),
    code_digest TEXT NOT NULL UNIQUE,               -- slow digest (Argon2id) of the tracking code; the code itself is not kept
    form_key TEXT NOT NULL UNIQUE,                  -- digest of the form as it was sent: the same form twice is one record
    language TEXT NOT NULL,                         -- 'id' or 'en': of the mails to the sender
    sent_at BIGINT NOT NULL
);
