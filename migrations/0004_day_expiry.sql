-- Day cells of earlier days do not exist: their months stand in cell_month for ever.
ALTER TABLE facility_head ADD COLUMN cells_from {{i32}} NOT NULL DEFAULT -2147483648;
