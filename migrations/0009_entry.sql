-- What staff enter by hand: drafts on the way, who entered a record, and what others noted about it.

-- One row a form somebody began; its id is the id of the record to be, so that sending it twice is one record.
CREATE TABLE draft (
  facility {{i32}} NOT NULL,
  id {{blob}} NOT NULL,
  account {{i32}} NOT NULL REFERENCES account (id),
  instrument {{i32}} NOT NULL,
  fields TEXT NOT NULL,                    -- what was typed, as a form sends it
  turn {{i32}} NOT NULL,                   -- grows with every save: a device that saw an older one is told
  created_at {{i64}} NOT NULL,
  changed_at {{i64}} NOT NULL,
  deleted_at {{i64}},                      -- thrown away, but can still be taken back
  PRIMARY KEY (facility, id)
){{clustered}};
CREATE INDEX draft_by_account ON draft (account, changed_at);
CREATE INDEX draft_by_age ON draft (changed_at);

-- Only of records that staff entered: nothing joins a participant to an answer.
CREATE TABLE record_author (
  facility {{i32}} NOT NULL,
  id {{blob}} NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (facility, id)
){{clustered}};
CREATE INDEX record_author_by_actor ON record_author (facility, actor);

-- What a second person says about a record; never changed.
CREATE TABLE record_note (
  facility {{i32}} NOT NULL,
  record {{blob}} NOT NULL,
  id {{blob}} NOT NULL,
  kind {{i32}} NOT NULL,                   -- 1 comment, 2 checked and found right
  revision {{i32}} NOT NULL,               -- of the record when it was written
  at {{i64}} NOT NULL,
  actor TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (facility, record, id)
){{clustered}};
