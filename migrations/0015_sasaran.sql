-- Where a number of a yearly target (sasaran) comes from: one row beside a report of it in report_cell that was entered on the page of
-- sasaran. A report without a row came through the instrument's own form, and nobody said.
CREATE TABLE yearly_origin (
  facility {{i32}} NOT NULL,
  instrument {{i32}} NOT NULL,
  item TEXT NOT NULL,
  unit {{i32}} NOT NULL,
  day {{i32}} NOT NULL,                    -- of the report, as is the minute; the year follows from it
  minute {{i32}} NOT NULL,
  kind {{i32}} NOT NULL,                   -- 1 projected, 2 counted
  set_by TEXT NOT NULL,                    -- who set it: Pusdatin, the health office, one's own count
  source TEXT NOT NULL,                    -- the document
  at {{i64}} NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (facility, instrument, item, unit, day, minute)
){{clustered}};

-- Which facilities use an indicator, for an office that looks after many.
CREATE INDEX indicator_use_by_indicator ON indicator_use (indicator, facility);
