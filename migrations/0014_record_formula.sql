-- Formulas of indicators over the records of an instrument: which exist, so that every record is counted by them.

CREATE TABLE record_formula (
  key TEXT NOT NULL,                       -- made from what it counts (domain/formula.h); begins the keys of its series
  facility {{i32}} NOT NULL,               -- whose records it counts; 0: everybody's
  instrument {{i32}} NOT NULL REFERENCES instrument (instrument),
  content TEXT NOT NULL,                   -- the profile that brought it, as interchange/kamus.h writes it
  PRIMARY KEY (key, facility)
){{table}};
