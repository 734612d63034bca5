-- Version 1 of the store. What the tables hold is described for users in docs/store.md.

-- A program version with the options that decide outcomes: rows of one are never taken for those of another.
CREATE TABLE checkers (
    checker INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    options TEXT NOT NULL,           -- JSON with sorted keys
    UNIQUE (version, options)
);

-- What came out of one content: a report, or the reason why there is none. The suffix says how bytes are read.
CREATE TABLE results (
    result INTEGER PRIMARY KEY,
    checker INTEGER NOT NULL REFERENCES checkers,
    sha256 TEXT NOT NULL,
    suffix TEXT NOT NULL,
    reason TEXT,                     -- NULL where there is a report
    message TEXT,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    infos INTEGER NOT NULL,
    document_type TEXT,
    document_number TEXT,
    document_date TEXT,
    document_date_text TEXT,
    document_issuer TEXT,
    document_place TEXT,
    document_locality TEXT,
    document_district TEXT,
    document_province TEXT,
    document_successor TEXT,
    report BLOB,                     -- the report's JSON, compressed by zlib
    UNIQUE (checker, sha256, suffix)
);

-- The files of the archive, one row a path; several paths may have the same content, and then one result.
CREATE TABLE files (
    checker INTEGER NOT NULL REFERENCES checkers,
    path TEXT NOT NULL,              -- absolute, «/»; inside a ZIP file «archive.zip!/name»; or a URL
    sha256 TEXT,                     -- NULL where the file could not be read at all
    suffix TEXT NOT NULL,
    bytes INTEGER,
    reason TEXT,                     -- why it could not be read at all
    message TEXT,
    PRIMARY KEY (checker, path)
) WITHOUT ROWID;

-- The findings within reports, in the order of the text.
CREATE TABLE findings (
    result INTEGER NOT NULL REFERENCES results ON DELETE CASCADE,
    position INTEGER NOT NULL,
    finding_id TEXT NOT NULL,
    severity TEXT NOT NULL,
    rule TEXT NOT NULL,
    rule_title TEXT,
    message TEXT NOT NULL,
    figure TEXT,
    reported TEXT,
    expected TEXT,
    suggestion TEXT,
    related TEXT,
    label TEXT,
    kind TEXT,
    claim_ids TEXT,
    comparison_ids TEXT,
    quote TEXT NOT NULL,
    section_label TEXT,
    section_title TEXT,
    location TEXT,
    page INTEGER,
    paragraph INTEGER,
    line INTEGER,
    table_number INTEGER,
    table_row INTEGER,
    table_column INTEGER,
    part TEXT,
    "start" INTEGER,
    "end" INTEGER,
    PRIMARY KEY (result, position)
) WITHOUT ROWID;

-- The figures that were mapped to the taxonomy, in the order of the text.
CREATE TABLE indicators (
    result INTEGER NOT NULL REFERENCES results ON DELETE CASCADE,
    position INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    indicator_name TEXT,
    value REAL,
    unit TEXT,
    numerator REAL,
    denominator REAL,
    denominator_of TEXT,
    bound TEXT,
    aspect TEXT,
    scope TEXT,
    level TEXT,
    locality TEXT,
    channel TEXT,
    sector TEXT,
    status TEXT,
    verdict TEXT,
    score REAL,
    period TEXT,
    period_start TEXT,
    period_end TEXT,
    claim_id TEXT,
    table_id TEXT,
    severity TEXT,
    findings TEXT,
    quote TEXT,
    section_label TEXT,
    section_title TEXT,
    location TEXT,
    page INTEGER,
    paragraph INTEGER,
    line INTEGER,
    table_number INTEGER,
    table_row INTEGER,
    table_column INTEGER,
    part TEXT,
    "start" INTEGER,
    "end" INTEGER,
    PRIMARY KEY (result, position)
) WITHOUT ROWID;
CREATE INDEX indicators_by_indicator ON indicators (indicator);

-- The findings across reports, each at the file whose figure is in doubt. `related` names the other files.
CREATE TABLE across (
    checker INTEGER NOT NULL REFERENCES checkers,
    path TEXT NOT NULL,
    position INTEGER NOT NULL,
    finding_id TEXT NOT NULL,
    severity TEXT NOT NULL,
    rule TEXT NOT NULL,
    rule_title TEXT,
    message TEXT NOT NULL,
    figure TEXT,
    reported TEXT,
    expected TEXT,
    related TEXT,
    label TEXT,
    quote TEXT NOT NULL,
    section_label TEXT,
    section_title TEXT,
    location TEXT,
    page INTEGER,
    paragraph INTEGER,
    line INTEGER,
    table_number INTEGER,
    table_row INTEGER,
    table_column INTEGER,
    part TEXT,
    "start" INTEGER,
    "end" INTEGER,
    PRIMARY KEY (checker, path, position)
) WITHOUT ROWID;

-- The diary: the runs, and what each did to which file. Nothing of it decides an outcome.
CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    checker INTEGER NOT NULL REFERENCES checkers,
    paths TEXT NOT NULL,             -- JSON, the arguments
    started TEXT NOT NULL,           -- UTC
    ended TEXT,
    state TEXT NOT NULL              -- running, finished, interrupted
);
CREATE TABLE attempts (
    run INTEGER NOT NULL REFERENCES runs,
    path TEXT NOT NULL,
    ended TEXT NOT NULL,             -- UTC
    seconds REAL NOT NULL,
    worker TEXT,                     -- the process that did it
    memory INTEGER,                  -- bytes that the worker held afterwards
    PRIMARY KEY (run, path)
) WITHOUT ROWID;

-- Who has the store open to write it at the moment; told to whoever wants to do so as well. Otherwise empty.
CREATE TABLE holder (
    process INTEGER NOT NULL,
    host TEXT NOT NULL,
    since TEXT NOT NULL              -- UTC
);

-- The files with what came out of them, one row a path. Where a run was stopped between two files of the same content,
-- one of them may have no result yet.
CREATE VIEW every_outcome AS
SELECT f.checker, f.path, f.sha256, f.suffix, f.bytes,
    CASE WHEN f.sha256 IS NOT NULL AND r.result IS NULL THEN 'unfinished' ELSE coalesce(f.reason, r.reason) END
        AS reason,
    CASE WHEN f.sha256 IS NOT NULL AND r.result IS NULL THEN 'the run was stopped before it was checked'
        ELSE coalesce(f.message, r.message) END AS message,
    r.result, r.errors, r.warnings, r.infos, r.document_type, r.document_number, r.document_date, r.document_date_text,
    r.document_issuer, r.document_place, r.document_locality, r.document_district, r.document_province,
    r.document_successor
FROM files f LEFT JOIN results r USING (checker, sha256, suffix);

-- What analysts ask for: the same of the latest run's checker alone, with the findings and indicators of each path.
CREATE VIEW outcomes AS
SELECT * FROM every_outcome WHERE checker = (SELECT checker FROM runs ORDER BY run DESC LIMIT 1);

CREATE VIEW all_findings AS
SELECT o.checker, o.path, o.document_issuer, o.document_locality, o.document_date_text, f.*
FROM outcomes o JOIN findings f USING (result);

CREATE VIEW all_indicators AS
SELECT o.checker, o.path, o.document_issuer, o.document_locality, o.document_district, o.document_province,
    o.document_date_text, i.*
FROM outcomes o JOIN indicators i USING (result);

CREATE VIEW all_across AS
SELECT * FROM across WHERE checker = (SELECT checker FROM runs ORDER BY run DESC LIMIT 1);
