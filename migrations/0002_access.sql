-- Roles over places with a time (several a person), second factor, invitations, recovery codes, sessions people recognise.

CREATE TABLE role_grant (
  id {{i32}} NOT NULL PRIMARY KEY,
  account {{i32}} NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  place {{i32}} NOT NULL REFERENCES organisation (id),
  unit {{i32}} NOT NULL,                   -- 0: all units
  valid_from {{i32}} NOT NULL,
  valid_to {{i32}},                        -- first day on which it is no more
  given_by TEXT NOT NULL,
  given_at {{i64}} NOT NULL
){{table}};
CREATE INDEX role_grant_by_account ON role_grant (account);
CREATE INDEX role_grant_by_place ON role_grant (place);
INSERT INTO role_grant (id, account, role, place, unit, valid_from, valid_to, given_by, given_at)
  SELECT id, id, CASE role WHEN 'tim_mutu' THEN 'ketua_tim_mutu' WHEN 'pembaca' THEN 'surveior' ELSE role END,
         organisation, 0, 0, NULL, 'migration', created_at FROM account;
UPDATE api_token SET role = CASE role WHEN 'tim_mutu' THEN 'ketua_tim_mutu' WHEN 'pembaca' THEN 'surveior' ELSE role END;

-- account.organisation: who looks after the account, and whose audit trail tells of it.
ALTER TABLE account DROP COLUMN role;
ALTER TABLE account ADD COLUMN version {{i32}} NOT NULL DEFAULT 1;
ALTER TABLE account ADD COLUMN must_change {{i32}} NOT NULL DEFAULT 0;  -- the password was set by somebody else
ALTER TABLE account ADD COLUMN totp_secret {{blob}};                     -- RFC 6238; null: no second factor
ALTER TABLE account ADD COLUMN totp_step {{i64}} NOT NULL DEFAULT 0;    -- the last step used: a code works once

ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';          -- "Firefox, Android"
ALTER TABLE api_token ADD COLUMN given_by TEXT NOT NULL DEFAULT '';
ALTER TABLE api_token ADD COLUMN used_at {{i64}};

-- Printed codes that stand in for the second factor, once each.
CREATE TABLE recovery_code (
  account {{i32}} NOT NULL REFERENCES account (id),
  code_hash {{blob}} NOT NULL,
  used_at {{i64}},
  PRIMARY KEY (account, code_hash)
){{clustered}};

-- A link with which somebody sets a password of their own: the first one, or a new one.
CREATE TABLE invitation (
  token_hash {{blob}} NOT NULL PRIMARY KEY,
  account {{i32}} NOT NULL REFERENCES account (id),
  created_at {{i64}} NOT NULL,
  expires_at {{i64}} NOT NULL
){{table}};
