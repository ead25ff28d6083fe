-- Times are milliseconds since 1970-01-01 UTC.

CREATE TABLE accounts (
    id               INTEGER PRIMARY KEY AUTOINCREMENT, -- AUTOINCREMENT: no id is given twice, not even after Reset
    username         TEXT    NOT NULL,
    username_key     TEXT    NOT NULL UNIQUE,
    password_hash    TEXT    NOT NULL,
    created_at       INTEGER NOT NULL,
    received_through INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Received is a message with id <= its recipient's received_through, or with its own flag set. The account's mark is
-- the rule, so that live delivery writes one row however many messages it covers; the flag is for what was received
-- past older messages that still wait.
CREATE TABLE messages (
    id           INTEGER PRIMARY KEY,
    sender_id    INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    recipient_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    content      TEXT    NOT NULL,
    sent_at      INTEGER NOT NULL,
    received     INTEGER NOT NULL DEFAULT 0 CHECK (received IN (0, 1))
) STRICT;

-- Holds all that counting and choosing needs: a message's row, with its long content, is read only if it is returned.
CREATE INDEX messages_by_recipient ON messages (recipient_id, id, received);

-- For the cascade: without it, deleting an account would read every message.
CREATE INDEX messages_by_sender ON messages (sender_id);

-- The highest message id ever given, which outlives the message itself.
CREATE TABLE last_message (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    id       INTEGER NOT NULL
) STRICT;

INSERT INTO last_message (only_row, id) VALUES (1, 0);
