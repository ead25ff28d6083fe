-- Nobody takes a name that looks like a held one either. How names held from before were shown is not kept: the key stands
-- for it.
ALTER TABLE held_names ADD COLUMN username TEXT NOT NULL DEFAULT '';
ALTER TABLE held_names ADD COLUMN skeleton TEXT NOT NULL DEFAULT '';
UPDATE held_names SET username = username_key, skeleton = skeleton_of(username_key);
CREATE INDEX held_names_by_skeleton ON held_names (skeleton, until);
