-- What a facility laid down on its control charts: events on the time line, a frozen baseline, new lines from a month on.

-- Rows never change; of each mark the last revision counts.
CREATE TABLE chart_mark (
  facility {{i32}} NOT NULL,
  mark {{i32}} NOT NULL,                   -- from 1 within the facility
  revision {{i32}} NOT NULL,               -- from 1
  state {{i32}} NOT NULL,                  -- 1 stands, 2 removed
  unit {{i32}} NOT NULL,                   -- 0: the whole facility
  formula TEXT NOT NULL,                   -- "instrument/measure" whose chart it is
  kind {{i32}} NOT NULL,                   -- 1 action, 2 audit, 3 incident, 4 document, 5 other, 6 baseline, 7 new lines
  day {{i32}} NOT NULL,                    -- of the event; of the others the first day of their month
  to_month {{i32}},                        -- of a baseline: its last month
  text TEXT NOT NULL,                      -- what happened, or why
  link TEXT NOT NULL,                      -- an address with more; may be empty
  action {{i32}},                          -- of new lines: the mark of the action that changed the process
  at {{i64}} NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,                    -- why it was removed; else empty
  PRIMARY KEY (facility, mark, revision)
){{clustered}};
