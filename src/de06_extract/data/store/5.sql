-- Version 5 of the store: which findings of a report come of one cause, so that one repair settles them.

ALTER TABLE findings ADD COLUMN cause TEXT;  -- NULL in rows of an older store: there the report alone says it

-- The rows have a column more, and are summed anew.
UPDATE findings SET checksum = checksum_of(
    result, position, finding_id, severity, rule, rule_title, message, figure, reported, expected, suggestion,
    related, label, kind, claim_ids, comparison_ids, quote, section_label, section_title, location, page, paragraph,
    line, table_number, table_row, table_column, part, "start", "end", confidence, cause
);
