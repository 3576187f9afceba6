-- Reports that replace each other, of states and of yearly targets: a cell a report. Never folded, never expired; what holds on
-- a day is each unit's latest report.
CREATE TABLE report_cell (
  facility {{i32}} NOT NULL,
  series {{i32}} NOT NULL,
  unit {{i32}} NOT NULL,
  day {{i32}} NOT NULL,
  minute {{i32}} NOT NULL,                 -- within the day; rises with time
  n {{i64}} NOT NULL,
  sum {{i64}} NOT NULL,
  sumsq_high {{i64}} NOT NULL,
  sumsq_low {{i64}} NOT NULL,
  PRIMARY KEY (facility, series, unit, day, minute)
){{clustered}};
CREATE INDEX report_cell_by_series ON report_cell (series, facility, unit, day, minute);

-- Which persons, as keyed hashes, a facility's records of a month mention, and how often on which day and at which unit. A person
-- counts once a month, in the cell of the earliest mention (day, then unit).
CREATE TABLE person_mention (
  facility {{i32}} NOT NULL,
  series {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  person {{blob}} NOT NULL,
  day {{i32}} NOT NULL,
  unit {{i32}} NOT NULL,
  n {{i64}} NOT NULL,
  PRIMARY KEY (facility, series, month, person, day, unit)
){{clustered}};
