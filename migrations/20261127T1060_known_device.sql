-- Browsers in which an account has signed in before: they are counted apart when somebody guesses at the account from
-- elsewhere, so that nobody can be kept out of his own account (security: sign-in under fire).
CREATE TABLE known_device (
    token_hash TEXT NOT NULL,                       -- SHA-256 of the 256-bit cookie; one for all who share the browser
    account_id BIGINT NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,                     -- instant of the sign-in that made it
    seen_at BIGINT NOT NULL,                        -- instant of the last sign-in with it
    PRIMARY KEY (token_hash, account_id)
);
CREATE INDEX known_device_by_account ON known_device (account_id, seen_at);
