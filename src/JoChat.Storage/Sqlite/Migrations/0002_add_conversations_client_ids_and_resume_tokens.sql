-- The id is not named: SQLite ends each index with it, so this one finds a pair's messages in the order of their ids.
-- It serves the cascade too, as the index before it did.
DROP INDEX messages_by_sender;
CREATE INDEX messages_by_pair ON messages (sender_id, recipient_id);

-- What each sender called its messages. There is no reference to the message: a client id stays used when the message
-- is deleted. The fingerprint tells a message that is sent again from another under the same client id.
CREATE TABLE client_ids (
    sender_id   INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    client_id   TEXT    NOT NULL,
    message_id  INTEGER NOT NULL,
    sent_at     INTEGER NOT NULL,
    fingerprint BLOB    NOT NULL,
    PRIMARY KEY (sender_id, client_id)
) STRICT, WITHOUT ROWID;

-- A pair has two rows, one for each side, made with its first message. read_through is account_id's mark over the
-- messages that other_id sent.
CREATE TABLE conversations (
    account_id   INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    other_id     INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    read_through INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, other_id)
) STRICT, WITHOUT ROWID;

-- For the cascade.
CREATE INDEX conversations_by_other ON conversations (other_id);

-- There was no way to say what was read, so all that was received counts as read.
INSERT INTO conversations (account_id, other_id, read_through)
SELECT pair.account_id, pair.other_id, account.received_through
FROM (SELECT sender_id AS account_id, recipient_id AS other_id FROM messages
      UNION
      SELECT recipient_id, sender_id FROM messages) AS pair
JOIN accounts AS account ON account.id = pair.account_id;

-- hash is the SHA-256 of the token: who reads this file cannot log in with it.
CREATE TABLE resume_tokens (
    hash       BLOB    NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX resume_tokens_by_account ON resume_tokens (account_id, expires_at);
CREATE INDEX resume_tokens_by_expiry ON resume_tokens (expires_at);
