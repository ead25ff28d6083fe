-- What each account has stored by sending, so that it can be bounded: the content of its messages in UTF-8, and 100 bytes
-- for each. It is added to a little behind (SentBytes) and may be too low by that, below 0 also; what is deleted is taken
-- off at once.
CREATE TABLE sent_bytes (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    bytes      INTEGER NOT NULL
) STRICT;

INSERT INTO sent_bytes (account_id, bytes)
SELECT sender_id, sum(length(CAST(content AS BLOB)) + 100) FROM messages NOT INDEXED GROUP BY sender_id;

CREATE TRIGGER messages_deleted AFTER DELETE ON messages BEGIN
    INSERT INTO sent_bytes (account_id, bytes)
    SELECT old.sender_id, -100 - length(CAST(old.content AS BLOB))
    WHERE EXISTS (SELECT 1 FROM accounts WHERE id = old.sender_id)
    ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes;
END;

CREATE TRIGGER withheld_messages_deleted AFTER DELETE ON withheld_messages BEGIN
    INSERT INTO sent_bytes (account_id, bytes)
    SELECT old.sender_id, -100 - length(CAST(old.content AS BLOB))
    WHERE EXISTS (SELECT 1 FROM accounts WHERE id = old.sender_id)
    ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes;
END;
