-- A campaign (kampanye) asks every holder of a duty in an office for a declaration or a signature by a day. State in subject: open, closed.
CREATE TABLE campaign (
    subject_id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL DEFAULT 'campaign' CHECK (kind = 'campaign'),
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    matter TEXT NOT NULL,                           -- id of definitions/campaigns: 'lhkpn'
    period TEXT NOT NULL,                           -- year: '2026'
    due_on TEXT NOT NULL,
    read_permission TEXT NOT NULL,                  -- who reads names: 'record.wealth_declaration.read'
    accept_permission TEXT NOT NULL,                -- who accepts: 'record.wealth_declaration.step.accept'
    ordered_by BIGINT REFERENCES unit (id),         -- the office above that asked for it; none = the office itself
    all_asked BIGINT NOT NULL DEFAULT 0,            -- 0 while its job asks one after the other
    started_by BIGINT REFERENCES person (id),
    started_at BIGINT NOT NULL,
    closed_on TEXT,                                 -- holders are counted as they stood on that day
    FOREIGN KEY (subject_id, kind) REFERENCES subject (id, kind)
);
-- One open campaign of a matter, year and office.
CREATE UNIQUE INDEX campaign_open ON campaign (unit_id, matter, period) WHERE closed_on IS NULL;
CREATE INDEX campaign_by_matter ON campaign (matter, period, unit_id);

-- Who was asked, with the record that he files in.
CREATE TABLE campaign_person (
    campaign_id BIGINT NOT NULL REFERENCES campaign (subject_id),
    person_id BIGINT NOT NULL REFERENCES person (id),
    record_id BIGINT NOT NULL UNIQUE REFERENCES subject (id),
    due_on TEXT NOT NULL,                           -- later than the campaign's for who took office meanwhile
    reminded_on TEXT,                               -- last day of a reminder: not twice a day
    PRIMARY KEY (campaign_id, person_id)
);
CREATE INDEX campaign_person_by_person ON campaign_person (person_id, campaign_id);

-- What a state of the register means for the campaign; from definitions/campaigns at the start.
CREATE TABLE campaign_state (
    matter TEXT NOT NULL,
    state TEXT NOT NULL,                            -- of the register
    meaning TEXT NOT NULL CHECK (meaning IN ('open', 'filed', 'accepted', 'exempt')),
    PRIMARY KEY (matter, state)
);
