-- What usernames that look alike have in common. It is not unique: names of one skeleton need not look alike, and
-- accounts from before may. Who adds an account looks first.
ALTER TABLE accounts ADD COLUMN skeleton TEXT NOT NULL DEFAULT '';
UPDATE accounts SET skeleton = skeleton_of(username);
CREATE INDEX accounts_by_skeleton ON accounts (skeleton);
