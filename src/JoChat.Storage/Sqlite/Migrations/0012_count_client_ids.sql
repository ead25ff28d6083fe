-- A client id outlives its message, so it counts by itself: 100 bytes of what its sender has stored, until it is forgotten.
INSERT INTO sent_bytes (account_id, bytes)
SELECT sender_id, 100 * count(*) FROM client_ids WHERE true GROUP BY sender_id
ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes;

CREATE TRIGGER client_ids_deleted AFTER DELETE ON client_ids BEGIN
    INSERT INTO sent_bytes (account_id, bytes)
    SELECT old.sender_id, -100
    WHERE EXISTS (SELECT 1 FROM accounts WHERE id = old.sender_id)
    ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes;
END;
