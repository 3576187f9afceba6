-- Places as people know them: two trees over the same facilities, moves, mergers, codes of other systems, capabilities, villages.

ALTER TABLE organisation ADD COLUMN supervisor {{i32}} REFERENCES organisation (id);  -- the district or province office over a facility
ALTER TABLE organisation ADD COLUMN successor {{i32}} REFERENCES organisation (id);   -- merged into it on valid_to
ALTER TABLE organisation ADD COLUMN version {{i32}} NOT NULL DEFAULT 1;
UPDATE organisation SET facility_type = CASE facility_type WHEN 'klinik' THEN 'klinik_pratama' WHEN 'praktik_mandiri' THEN 'praktik_dokter'
  ELSE facility_type END WHERE kind = 'facility';
CREATE INDEX organisation_by_supervisor ON organisation (supervisor);

ALTER TABLE unit ADD COLUMN kind TEXT NOT NULL DEFAULT 'layanan';  -- layanan klaster pustu posyandu
ALTER TABLE unit ADD COLUMN position {{i32}} NOT NULL DEFAULT 0;   -- order on pages; equal ones by key

-- Where a place stood before it moved, up to the day before `until`.
CREATE TABLE organisation_move (
  place {{i32}} NOT NULL REFERENCES organisation (id),
  until {{i32}} NOT NULL,
  parent {{i32}} REFERENCES organisation (id),
  supervisor {{i32}} REFERENCES organisation (id),
  PRIMARY KEY (place, until)
){{clustered}};

-- What other systems call a place.
CREATE TABLE place_code (
  system TEXT NOT NULL,                    -- bpjs satusehat kemenkes
  code TEXT NOT NULL,
  place {{i32}} NOT NULL REFERENCES organisation (id),
  PRIMARY KEY (system, code),
  UNIQUE (place, system)
){{clustered}};
CREATE INDEX place_code_by_code ON place_code (code);

CREATE TABLE place_capability (
  place {{i32}} NOT NULL REFERENCES organisation (id),
  capability TEXT NOT NULL,
  PRIMARY KEY (place, capability)
){{clustered}};

-- The villages a facility serves.
CREATE TABLE place_village (
  place {{i32}} NOT NULL REFERENCES organisation (id),
  name TEXT NOT NULL,
  code TEXT NOT NULL,                      -- of the Ministry of Home Affairs; empty where it is not known
  PRIMARY KEY (place, name)
){{clustered}};
