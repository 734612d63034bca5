-- Version 4 of the store: what people decided of findings. No checker owns it: a decision outlives versions and options.

CREATE TABLE decisions (
    path TEXT NOT NULL,
    finding_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    quote TEXT NOT NULL,
    sha256 TEXT,                     -- of the content that the decision was made on, NULL where nobody knows
    state TEXT NOT NULL,             -- unseen (there is only a note), corrected, dismissed, asked
    reason TEXT,                     -- why it was dismissed
    note TEXT,
    who TEXT,
    decided TEXT NOT NULL,           -- the day
    checksum INTEGER,
    PRIMARY KEY (path, finding_id)
) WITHOUT ROWID;
