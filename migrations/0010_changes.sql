-- The number of the audit line that tells of a record's last change: made under the facility's lock, so that whoever reads records
-- in this order sees every change that was committed and skips none.
ALTER TABLE record ADD COLUMN changed {{i64}} NOT NULL DEFAULT 0;
CREATE INDEX record_by_change ON record (facility, changed, id);
