-- Whom an account blocks. For who is blocked, the account's marks over their messages stay where they were then:
-- marked_through is the newest message that was marked as received by itself.
CREATE TABLE blocks (
    account_id       INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    other_id         INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    received_through INTEGER NOT NULL,
    marked_through   INTEGER NOT NULL,
    read_through     INTEGER NOT NULL,
    PRIMARY KEY (account_id, other_id)
) STRICT, WITHOUT ROWID;

-- For the cascade.
CREATE INDEX blocks_by_other ON blocks (other_id);

-- What was sent to an account that blocked the sender. Its sender sees it beside the messages; whatever reads for its
-- recipient does not know this table, so that nothing of it can get through.
CREATE TABLE withheld_messages (
    id           INTEGER PRIMARY KEY,
    sender_id    INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    recipient_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    content      TEXT    NOT NULL,
    sent_at      INTEGER NOT NULL,
    received     INTEGER NOT NULL DEFAULT 0 CHECK (received IN (0, 1))
) STRICT;

CREATE INDEX withheld_messages_by_pair ON withheld_messages (sender_id, recipient_id);
CREATE INDEX withheld_messages_by_recipient ON withheld_messages (recipient_id);
CREATE INDEX withheld_messages_received_alone ON withheld_messages (recipient_id) WHERE received = 1;
