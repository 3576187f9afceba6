-- Work that outlives a request, the files it reads and makes, and imports with all that is needed to undo them.

CREATE TABLE job (
  facility {{i32}} NOT NULL,               -- the place whose work it is
  id {{blob}} NOT NULL,
  kind TEXT NOT NULL,
  subject {{blob}},                        -- what it works on, by its id
  title TEXT NOT NULL,                     -- what people know it by: the name of a file
  owner TEXT NOT NULL,                     -- account:12, cli
  state {{i32}} NOT NULL,                  -- 1 waiting, 2 running, 3 done, 4 failed, 5 cancelled
  parameters TEXT NOT NULL,                -- JSON
  done {{i64}} NOT NULL,
  total {{i64}} NOT NULL,                  -- 0: not known yet
  resume TEXT NOT NULL,                    -- JSON: where it goes on after a stop
  result TEXT NOT NULL,                    -- JSON
  problems TEXT NOT NULL,                  -- JSON: why it failed
  result_file {{blob}},
  cancel {{i32}} NOT NULL,                 -- 1: somebody asked it to stop
  attempts {{i32}} NOT NULL,               -- starts without progress
  created_at {{i64}} NOT NULL,
  started_at {{i64}},
  ended_at {{i64}},
  lease {{blob}},                          -- the process that runs it
  lease_until {{i64}} NOT NULL,            -- later, another process may take it
  PRIMARY KEY (facility, id)
){{clustered}};
CREATE INDEX job_by_state ON job (state, lease_until);
CREATE INDEX job_by_id ON job (id);
CREATE INDEX job_by_time ON job (created_at, id);

CREATE TABLE stored_file (
  facility {{i32}} NOT NULL,
  id {{blob}} NOT NULL,
  name TEXT NOT NULL,
  bytes {{i64}} NOT NULL,                  -- -1: still being written
  created_at {{i64}} NOT NULL,
  expires_at {{i64}} NOT NULL,             -- later, upkeep removes it
  PRIMARY KEY (facility, id)
){{clustered}};
CREATE INDEX stored_file_by_expiry ON stored_file (expires_at);

CREATE TABLE stored_chunk (
  facility {{i32}} NOT NULL,
  file {{blob}} NOT NULL,
  position {{i32}} NOT NULL,               -- from 0; all but the last are of one size
  bytes {{blob}} NOT NULL,
  PRIMARY KEY (facility, file, position)
){{table}};

CREATE TABLE import_run (
  facility {{i32}} NOT NULL,               -- the place that imports; the rows may belong to places below it
  id {{blob}} NOT NULL,
  owner TEXT NOT NULL,
  state {{i32}} NOT NULL,                  -- 1 draft, 2 checking, 3 checked, 4 writing, 5 written, 6 undoing, 7 undone
  file {{blob}},                           -- null: it was read from a disk
  file_name TEXT NOT NULL,
  profile TEXT NOT NULL,                   -- YAML
  report TEXT NOT NULL,                    -- JSON: what the last check or writing found
  answers {{blob}},                        -- the file given back
  job {{blob}},                            -- the latest
  created_at {{i64}} NOT NULL,
  changed_at {{i64}} NOT NULL,
  version {{i32}} NOT NULL,
  PRIMARY KEY (facility, id)
){{clustered}};
CREATE INDEX import_run_by_time ON import_run (created_at, id);
CREATE INDEX import_run_by_id ON import_run (id);

-- What an import did to which record.
CREATE TABLE import_record (
  facility {{i32}} NOT NULL,               -- of the record
  import {{blob}} NOT NULL,
  id {{blob}} NOT NULL,
  revision {{i32}} NOT NULL,               -- the record's before the import; 0: it was added; negative: it was voided and came back
  undone {{i32}} NOT NULL,
  PRIMARY KEY (facility, import, id)
){{clustered}};

CREATE TABLE import_profile (
  facility {{i32}} NOT NULL,
  name TEXT NOT NULL,
  instrument TEXT NOT NULL,
  content TEXT NOT NULL,                   -- YAML
  owner TEXT NOT NULL,
  changed_at {{i64}} NOT NULL,
  PRIMARY KEY (facility, name)
){{clustered}};
