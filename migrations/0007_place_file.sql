-- Files of places that somebody sent and has not confirmed yet; a day later they are gone.
CREATE TABLE place_file (
  id {{blob}} NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,                     -- account:12
  name TEXT NOT NULL,
  made_at {{i64}} NOT NULL,
  content {{blob}} NOT NULL
){{table}};
CREATE INDEX place_file_by_time ON place_file (made_at);
