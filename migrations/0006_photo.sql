-- Pictures that answers name by the hash of their bytes: stored once a facility.

CREATE TABLE photo (
  facility {{i32}} NOT NULL REFERENCES organisation (id),
  hash {{blob}} NOT NULL,                  -- SHA-256 of content
  received_at {{i64}} NOT NULL,            -- when it last came in
  opens {{i32}},                           -- first day on which staff may see it; null: no record names it
  width {{i32}} NOT NULL,
  height {{i32}} NOT NULL,
  content {{blob}} NOT NULL,               -- JPEG
  small {{blob}} NOT NULL,                 -- the same for lists
  PRIMARY KEY (facility, hash)
){{table}};
CREATE INDEX photo_unused ON photo (received_at, facility) WHERE opens IS NULL;
