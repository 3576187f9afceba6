-- Months that are closed, and reports that send themselves.

-- What holds now stands in the row that every write locks.
ALTER TABLE facility_head ADD COLUMN locked_until {{i32}} NOT NULL DEFAULT -1;  -- the last locked month; -1: none
ALTER TABLE facility_head ADD COLUMN opened_from {{i32}} NOT NULL DEFAULT 0;    -- open again from this month on ...
ALTER TABLE facility_head ADD COLUMN opened_until {{i64}} NOT NULL DEFAULT 0;   -- ... until this moment

-- Every act, one row each; rows never change.
CREATE TABLE period_act (
  facility {{i32}} NOT NULL,
  seq {{i32}} NOT NULL,                    -- from 1
  act {{i32}} NOT NULL,                    -- 1 locked up to the month, 2 opened from the month on for a while, 3 closed again early
  month {{i32}} NOT NULL,
  until_at {{i64}} NOT NULL,               -- of an opening; else 0
  place {{i32}} NOT NULL,                  -- on whose behalf: an office above, or the facility itself
  at {{i64}} NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (facility, seq)
){{clustered}};

-- Whether a facility's complete reports are sent without anybody pressing, and when in the month after.
CREATE TABLE month_sending (
  facility {{i32}} NOT NULL PRIMARY KEY,
  enabled {{i32}} NOT NULL,
  day {{i32}} NOT NULL,                    -- 1 to 28
  hour {{i32}} NOT NULL,                   -- 0 to 23, in the facility's zone
  looked_at {{i64}} NOT NULL,              -- when it was last seen whether the report is ready
  settled {{i32}} NOT NULL,                -- the last month that needs no more looking
  at {{i64}} NOT NULL,
  actor TEXT NOT NULL
){{table}};
CREATE INDEX month_sending_by_look ON month_sending (enabled, looked_at);
