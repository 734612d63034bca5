-- Version 3 of the store: a checksum in every row that results are made of, so that damage to a row is told and not read.

ALTER TABLE files ADD COLUMN checksum INTEGER;
ALTER TABLE results ADD COLUMN checksum INTEGER;      -- of the row without the report, which has its own
ALTER TABLE findings ADD COLUMN checksum INTEGER;
ALTER TABLE indicators ADD COLUMN checksum INTEGER;
ALTER TABLE across ADD COLUMN checksum INTEGER;

-- What an older store holds is taken for what was written. A later version that adds a column sums anew.
UPDATE files SET checksum = checksum_of(
    checker, path, sha256, suffix, bytes, reason, message
);
UPDATE results SET checksum = checksum_of(
    result, checker, sha256, suffix, reason, message, errors, warnings, infos, document_type, document_number,
    document_date, document_date_text, document_issuer, document_place, document_locality, document_district,
    document_province, document_successor
);
UPDATE findings SET checksum = checksum_of(
    result, position, finding_id, severity, rule, rule_title, message, figure, reported, expected, suggestion,
    related, label, kind, claim_ids, comparison_ids, quote, section_label, section_title, location, page, paragraph,
    line, table_number, table_row, table_column, part, "start", "end", confidence
);
UPDATE indicators SET checksum = checksum_of(
    result, position, indicator, indicator_name, value, unit, numerator, denominator, denominator_of, bound, aspect,
    scope, level, locality, channel, sector, status, verdict, score, period, period_start, period_end, claim_id,
    table_id, severity, findings, quote, section_label, section_title, location, page, paragraph, line,
    table_number, table_row, table_column, part, "start", "end"
);
UPDATE across SET checksum = checksum_of(
    checker, path, position, finding_id, severity, rule, rule_title, message, figure, reported, expected, related,
    label, quote, section_label, section_title, location, page, paragraph, line, table_number, table_row,
    table_column, part, "start", "end"
);
