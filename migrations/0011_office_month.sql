-- Month cells of every office beside those of the facilities: what a page of the country reads instead of 26,000 facilities.
-- All of it is derived and can be made again from cell_month and the places.

-- Whose month cells are in an office's.
CREATE TABLE office_member (
  facility {{i32}} NOT NULL,
  office {{i32}} NOT NULL,
  PRIMARY KEY (facility, office)
){{clustered}};
CREATE INDEX office_member_by_office ON office_member (office, facility);

-- How many they are and the sum of their marks, so that a reader sees in one row whether they are those it asks for.
CREATE TABLE office_head (
  office {{i32}} NOT NULL PRIMARY KEY,
  facilities {{i64}} NOT NULL,
  mark {{i64}} NOT NULL
){{table}};

-- Always the sum of cell_month (unit 0) over the members; low parts are added without carrying.
CREATE TABLE office_month (
  office {{i32}} NOT NULL,
  series {{i32}} NOT NULL,
  month {{i32}} NOT NULL,
  bucket {{i32}} NOT NULL,
  n {{i64}} NOT NULL,
  sum {{i64}} NOT NULL,
  sumsq_high {{i64}} NOT NULL,
  sumsq_low {{i64}} NOT NULL,
  PRIMARY KEY (office, series, month, bucket)
){{clustered}};
