-- Facts are appended or revised with history; cell, cell_month and month_dirty are derived and can be rebuilt.
-- Marks: {{i32}} {{i64}} {{real}} {{blob}} are the engine's types; {{table}} ends an ordinary table, {{clustered}} one whose
-- rows are stored in the order of its primary key.

CREATE TABLE organisation (
  id {{i32}} NOT NULL PRIMARY KEY,
  parent {{i32}} REFERENCES organisation (id),
  kind TEXT NOT NULL,                      -- payer region branch province district facility
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  facility_type TEXT,                      -- puskesmas klinik praktik_mandiri rs; only where kind = 'facility'
  zone {{i32}} NOT NULL,                   -- 7 WIB, 8 WITA, 9 WIT
  valid_from {{i32}} NOT NULL,
  valid_to {{i32}}                         -- first day on which it is no more
){{table}};
CREATE INDEX organisation_by_parent ON organisation (parent);

CREATE TABLE unit (
  facility {{i32}} NOT NULL REFERENCES organisation (id),
  unit {{i32}} NOT NULL,                   -- from 1; 0 means the whole facility
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  valid_from {{i32}} NOT NULL,
  valid_to {{i32}},
  PRIMARY KEY (facility, unit),
  UNIQUE (facility, code)
){{clustered}};

CREATE TABLE instrument (
  instrument {{i32}} NOT NULL PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
){{table}};

CREATE TABLE instrument_version (
  version {{i32}} NOT NULL PRIMARY KEY,
  instrument {{i32}} NOT NULL REFERENCES instrument (instrument),
  number {{i32}} NOT NULL,
  content TEXT NOT NULL,                   -- the pack as installed
  installed_at {{i64}} NOT NULL,
  UNIQUE (instrument, number)
){{table}};

CREATE TABLE series (
  series {{i32}} NOT NULL PRIMARY KEY,
  instrument {{i32}} NOT NULL REFERENCES instrument (instrument),
  key TEXT NOT NULL,
  definition {{blob}} NOT NULL,            -- hash of what it counts; a change of meaning is another series
  aggregation {{i32}} NOT NULL,            -- 1 flow, 2 state, 3 yearly target, 4 distinct persons
  digits {{i32}} NOT NULL,
  UNIQUE (instrument, key, definition)
){{table}};

-- One row; grows when instruments or series are added.
CREATE TABLE catalogue (
  id {{i32}} NOT NULL PRIMARY KEY,
  generation {{i64}} NOT NULL
){{table}};
INSERT INTO catalogue (id, generation) VALUES (1, 0);

-- One row a facility: the lock of its writes, the head of its audit chain, the catalogue its rows are prepared for.
CREATE TABLE facility_head (
  facility {{i32}} NOT NULL PRIMARY KEY REFERENCES organisation (id),
  audit_seq {{i64}} NOT NULL,
  audit_hash {{blob}} NOT NULL,
  catalogue {{i64}} NOT NULL
){{table}};

CREATE TABLE audit_line (
  facility {{i32}} NOT NULL,
  seq {{i64}} NOT NULL,
  at {{i64}} NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash {{blob}} NOT NULL,                  -- SHA-256 of the hash before it and of this line
  PRIMARY KEY (facility, seq)
){{clustered}};

CREATE TABLE record (
  facility {{i32}} NOT NULL,
  id {{blob}} NOT NULL,
  instrument {{i32}} NOT NULL,
  version {{i32}} NOT NULL,
  unit {{i32}} NOT NULL,
  day {{i32}} NOT NULL,                    -- civil day in the facility's zone, never recomputed
  at {{i64}} NOT NULL,
  received_at {{i64}} NOT NULL,
  channel {{i32}} NOT NULL,
  state {{i32}} NOT NULL,                  -- 1 valid, 2 voided, 3 flagged
  revision {{i32}} NOT NULL,
  answers TEXT NOT NULL,                   -- canonical JSON, in the order of the version's items
  first_hash {{blob}} NOT NULL,            -- of the content as first sent: a repeated send is recognised by it
  PRIMARY KEY (facility, id)
){{clustered}};
CREATE INDEX record_by_day ON record (facility, instrument, day, unit);

CREATE TABLE record_revision (
  facility {{i32}} NOT NULL,
  id {{blob}} NOT NULL,
  revision {{i32}} NOT NULL,
  version {{i32}} NOT NULL,
  unit {{i32}} NOT NULL,
  day {{i32}} NOT NULL,
  at {{i64}} NOT NULL,
  state {{i32}} NOT NULL,
  answers TEXT NOT NULL,
  replaced_at {{i64}} NOT NULL,
  actor TEXT NOT NULL,                     -- who replaced it
  reason TEXT NOT NULL,
  PRIMARY KEY (facility, id, revision)
){{clustered}};

-- Cells of days >= from_day are complete, earlier ones do not exist. No row: complete from the beginning.
CREATE TABLE series_fill (
  facility {{i32}} NOT NULL,
  series {{i32}} NOT NULL,
  from_day {{i32}} NOT NULL,
  PRIMARY KEY (facility, series)
){{clustered}};

CREATE TABLE cell (
  facility {{i32}} NOT NULL,
  day {{i32}} NOT NULL,
  unit {{i32}} NOT NULL,
  series {{i32}} NOT NULL,
  bucket {{i32}} NOT NULL,
  n {{i64}} NOT NULL,
  sum {{i64}} NOT NULL,
  sumsq_high {{i64}} NOT NULL,             -- sum of squares = sumsq_high * 2^40 + sumsq_low
  sumsq_low {{i64}} NOT NULL,
  PRIMARY KEY (facility, day, unit, series, bucket)
){{clustered}};

CREATE TABLE cell_month (
  facility {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  unit {{i32}} NOT NULL,                   -- 0: the whole facility
  series {{i32}} NOT NULL,
  bucket {{i32}} NOT NULL,
  n {{i64}} NOT NULL,
  sum {{i64}} NOT NULL,
  sumsq_high {{i64}} NOT NULL,
  sumsq_low {{i64}} NOT NULL,
  PRIMARY KEY (facility, month, unit, series, bucket)
){{clustered}};
CREATE INDEX cell_month_by_series ON cell_month (series, month, unit, facility, bucket, n, sum, sumsq_high, sumsq_low);

-- Months whose month cells are behind their day cells.
CREATE TABLE month_dirty (
  facility {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  PRIMARY KEY (facility, month)
){{clustered}};

-- A short public address for one instrument at one unit; the code carries the facility.
CREATE TABLE survey_link (
  facility {{i32}} NOT NULL,
  code TEXT NOT NULL,
  instrument {{i32}} NOT NULL,
  unit {{i32}} NOT NULL,
  open {{i32}} NOT NULL,
  PRIMARY KEY (facility, code)
){{clustered}};

CREATE TABLE account (
  id {{i32}} NOT NULL PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  role TEXT NOT NULL,
  organisation {{i32}} NOT NULL REFERENCES organisation (id),  -- the root of the subtree it may see
  active {{i32}} NOT NULL,
  created_at {{i64}} NOT NULL
){{table}};

CREATE TABLE session (
  token_hash {{blob}} NOT NULL PRIMARY KEY,
  account {{i32}} NOT NULL REFERENCES account (id),
  created_at {{i64}} NOT NULL,
  seen_at {{i64}} NOT NULL
){{table}};

CREATE TABLE api_token (
  id {{i32}} NOT NULL PRIMARY KEY,
  token_hash {{blob}} NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  organisation {{i32}} NOT NULL REFERENCES organisation (id),
  created_at {{i64}} NOT NULL,
  expires_at {{i64}} NOT NULL,
  revoked_at {{i64}}
){{table}};

CREATE TABLE secret (
  name TEXT NOT NULL PRIMARY KEY,
  bytes {{blob}} NOT NULL
){{table}};
