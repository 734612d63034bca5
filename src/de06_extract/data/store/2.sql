-- Version 2 of the store: how sure the reading is that a finding rests on, 0 to 1.

ALTER TABLE findings ADD COLUMN confidence REAL;  -- NULL where no model was asked
