-- A conversation's last message, so that the newest conversations are found in their order. It is written a little
-- behind: only the messages up to ordered_through are in it, the few above are read beside it
-- (docs/adr/0006). 0 is none.
ALTER TABLE conversations ADD COLUMN last_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE last_message ADD COLUMN ordered_through INTEGER NOT NULL DEFAULT 0;

UPDATE conversations SET last_id = max(
    ifnull((SELECT max(id) FROM messages WHERE sender_id = account_id AND recipient_id = other_id), 0),
    ifnull((SELECT max(id) FROM messages WHERE sender_id = other_id AND recipient_id = account_id), 0));
UPDATE last_message SET ordered_through = id;

CREATE INDEX conversations_by_last ON conversations (account_id, last_id);
