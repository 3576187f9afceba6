-- Who has read what: comments of people who rated low, once for the whole place, and what came of one's own work.

CREATE TABLE comment_read (
  facility {{i32}} NOT NULL,
  record {{blob}} NOT NULL,
  at {{i64}} NOT NULL,                     -- the same for all that were marked together, so that they can be unmarked together
  actor TEXT NOT NULL,                     -- account:12
  PRIMARY KEY (facility, record)
){{clustered}};
CREATE INDEX comment_read_by_time ON comment_read (facility, at);

ALTER TABLE job ADD COLUMN seen_at {{i64}};  -- when its owner looked at what came of it
