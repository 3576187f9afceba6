-- Validation of an indicator by a second person: records drawn at random, filled in once more without seeing the first answers.

-- How large the sample is and what counts as good enough; of a place and all below it, unless one of those has its own.
CREATE TABLE validation_rule (
  place {{i32}} NOT NULL PRIMARY KEY,      -- 0: for every place
  percent {{i32}} NOT NULL,                -- of the records of the month
  fewest {{i32}} NOT NULL,                  -- at least so many records, or all where there are fewer
  threshold {{i32}} NOT NULL,              -- per cent of the answers that must agree
  source TEXT NOT NULL,
  mark TEXT NOT NULL,                      -- shown with it, such as "perlu dikonfirmasi"
  at {{i64}} NOT NULL,
  actor TEXT NOT NULL
){{table}};
INSERT INTO validation_rule (place, percent, fewest, threshold, source, mark, at, actor) VALUES
  (0, 10, 5, 90, 'SNARS, PMKP 8 (validasi data): sampel yang sahih, tingkat akurasi 90%; besar sampel susunan Pilar', 'perlu dikonfirmasi', 0,
   'migration');

-- One validation, with the rule as it was when the sample was drawn. `seed` and the ids of the month's records give the same sample again.
CREATE TABLE validation (
  facility {{i32}} NOT NULL,
  id {{blob}} NOT NULL,
  indicator {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  version {{i32}} NOT NULL,                -- of the profile
  instrument {{i32}} NOT NULL,
  seed TEXT NOT NULL,
  population {{i32}} NOT NULL,             -- records of the month when it was drawn
  percent {{i32}} NOT NULL,
  fewest {{i32}} NOT NULL,
  threshold {{i32}} NOT NULL,
  begun_at {{i64}} NOT NULL,
  actor TEXT NOT NULL,
  closed_at {{i64}},                       -- null while it is being filled in
  PRIMARY KEY (facility, id)
){{clustered}};
CREATE INDEX validation_by_month ON validation (facility, month);

-- Its records, as they were when they were drawn. The second answers are no record and count in nothing.
CREATE TABLE validation_record (
  facility {{i32}} NOT NULL,
  validation {{blob}} NOT NULL,
  place {{i32}} NOT NULL,                  -- from 1, in the order of the draw
  record {{blob}} NOT NULL,
  revision {{i32}} NOT NULL,
  version {{i32}} NOT NULL,                -- of the instrument
  unit {{i32}} NOT NULL,
  at {{i64}} NOT NULL,
  answers TEXT NOT NULL,                   -- the first ones, canonical
  state {{i32}} NOT NULL,                  -- 1 waiting, 2 filled in again, 3 the source document was not found
  second TEXT NOT NULL,                    -- canonical; empty unless filled in again
  done_at {{i64}} NOT NULL,                -- 0 while waiting
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (facility, validation, place)
){{clustered}};
