-- The kamus indikator: profiles of indicators in versions, the sets of tags that order them, and which facility uses which.

CREATE TABLE indicator (
  indicator {{i32}} NOT NULL PRIMARY KEY,
  owner {{i32}} NOT NULL,                  -- who keeps it: 0 for every place, else a place, for itself and what is below
  key TEXT NOT NULL,
  UNIQUE (owner, key)
){{table}};

-- A published version never changes; a draft is the one with the highest number.
CREATE TABLE indicator_version (
  indicator {{i32}} NOT NULL REFERENCES indicator (indicator),
  number {{i32}} NOT NULL,
  state {{i32}} NOT NULL,                  -- 1 draft, 2 published
  content TEXT NOT NULL,                   -- the profile, as interchange/kamus.h writes it
  saved_at {{i64}} NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (indicator, number)
){{clustered}};

CREATE TABLE tag_set (
  key TEXT NOT NULL PRIMARY KEY,
  content TEXT NOT NULL
){{table}};

-- A facility uses an indicator from a day to a day; mandatory ones without a row here.
CREATE TABLE indicator_use (
  facility {{i32}} NOT NULL,
  indicator {{i32}} NOT NULL REFERENCES indicator (indicator),
  from_day {{i32}} NOT NULL,
  to_day {{i32}},                          -- first day on which it is no more
  responsible TEXT NOT NULL,               -- the office or person in charge there
  PRIMARY KEY (facility, indicator)
){{clustered}};

-- A target of a facility's own, from a day on.
CREATE TABLE indicator_target (
  facility {{i32}} NOT NULL,
  indicator {{i32}} NOT NULL REFERENCES indicator (indicator),
  from_day {{i32}} NOT NULL,
  target TEXT NOT NULL,                    -- an exact decimal in the unit of the measure; empty: back to that of the profile
  PRIMARY KEY (facility, indicator, from_day)
){{clustered}};

-- What became of a facility's indicator report of a month, one row an act; rows never change.
CREATE TABLE month_report (
  facility {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  seq {{i32}} NOT NULL,                    -- from 1
  act {{i32}} NOT NULL,                    -- 1 sent, 2 accepted, 3 returned, 4 taken back
  at {{i64}} NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (facility, month, seq)
){{clustered}};

-- Reports that were sent and wait to be accepted.
CREATE TABLE month_waiting (
  facility {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  PRIMARY KEY (facility, month)
){{clustered}};

-- The values as they were when it was sent; seq is that of the act.
CREATE TABLE month_report_value (
  facility {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  seq {{i32}} NOT NULL,
  indicator {{i32}} NOT NULL,
  version {{i32}} NOT NULL,                -- of the profile
  numerator {{i64}},
  denominator {{i64}},
  value {{real}},                          -- in the measure's unit; null: no cases, or not collected
  collected {{i32}} NOT NULL,              -- 0: nothing was collected
  PRIMARY KEY (facility, month, seq, indicator)
){{clustered}};

-- Why a target was missed and what follows; the last one counts.
CREATE TABLE month_note (
  facility {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  indicator {{i32}} NOT NULL,
  analysis TEXT NOT NULL,
  follow_up TEXT NOT NULL,
  at {{i64}} NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (facility, month, indicator)
){{clustered}};
