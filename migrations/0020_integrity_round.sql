-- Counts of signs are made again by themselves where the data behind them changed.

ALTER TABLE integrity_count ADD COLUMN changed_at {{i64}} NOT NULL DEFAULT 0;  -- when the month's cells last changed; counted before: old
CREATE INDEX integrity_count_by_month ON integrity_count (month, facility, high, middle, low);
