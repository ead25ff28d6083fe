-- Names of deleted accounts, which nobody may take for some time: else a stranger would be taken for who had the name.
CREATE TABLE held_names (
    username_key TEXT    NOT NULL PRIMARY KEY,
    until        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX held_names_by_end ON held_names (until);
