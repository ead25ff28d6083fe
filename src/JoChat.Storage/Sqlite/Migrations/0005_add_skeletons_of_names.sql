-- What the names that look alike have in common. Accounts that are older than it may look alike, so it is not unique:
-- who adds an account looks first.
ALTER TABLE accounts ADD COLUMN skeleton TEXT NOT NULL DEFAULT '';
UPDATE accounts SET skeleton = skeleton_of(username);
CREATE INDEX accounts_by_skeleton ON accounts (skeleton);
