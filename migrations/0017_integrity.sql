-- Signs about the soundness of data: which were looked into, and how many each facility had when it was last looked at.

-- Somebody looked into a sign and says what came of it; the sign names its evidence, so that other evidence is another sign.
CREATE TABLE integrity_check (
  facility {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  sign TEXT NOT NULL,
  at {{i64}} NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (facility, month, sign)
){{clustered}};

-- Counts for offices; derived, made again whenever the facility is looked at.
CREATE TABLE integrity_count (
  facility {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  as_of {{i64}} NOT NULL,
  high {{i32}} NOT NULL,                   -- signs that nobody has looked into, by severity
  middle {{i32}} NOT NULL,
  low {{i32}} NOT NULL,
  looked {{i32}} NOT NULL,                 -- signs that were looked into
  PRIMARY KEY (facility, month)
){{clustered}};
