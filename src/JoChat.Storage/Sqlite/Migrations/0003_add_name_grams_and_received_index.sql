-- Every distinct piece of one, two and three characters of every name's key, so that the names that contain a text are
-- found in their order and without reading the others (docs/adr/0004). There is no reference to the account, which
-- would need an index of its own: who adds or deletes an account does the same with its pieces.
CREATE TABLE name_grams (
    gram         TEXT NOT NULL,
    username_key TEXT NOT NULL,
    PRIMARY KEY (gram, username_key)
) STRICT, WITHOUT ROWID;

-- In the order of the table, or each row would go to another page of it. One length after the other: what is sorted is
-- held in memory.
INSERT OR IGNORE INTO name_grams (gram, username_key)
WITH RECURSIVE position (start) AS (
    SELECT 1 UNION ALL SELECT start + 1 FROM position WHERE start < (SELECT max(length(username_key)) FROM accounts))
SELECT substr(username_key, start, 1), username_key
FROM accounts JOIN position ON start <= length(username_key)
ORDER BY 1, 2;

INSERT OR IGNORE INTO name_grams (gram, username_key)
WITH RECURSIVE position (start) AS (
    SELECT 1 UNION ALL SELECT start + 1 FROM position WHERE start < (SELECT max(length(username_key)) FROM accounts))
SELECT substr(username_key, start, 2), username_key
FROM accounts JOIN position ON start <= length(username_key) - 1
ORDER BY 1, 2;

INSERT OR IGNORE INTO name_grams (gram, username_key)
WITH RECURSIVE position (start) AS (
    SELECT 1 UNION ALL SELECT start + 1 FROM position WHERE start < (SELECT max(length(username_key)) FROM accounts))
SELECT substr(username_key, start, 3), username_key
FROM accounts JOIN position ON start <= length(username_key) - 2
ORDER BY 1, 2;

-- The few messages that were received past older ones that still wait, so that they are found among all those.
CREATE INDEX messages_received_alone ON messages (recipient_id) WHERE received = 1;

-- All that a list of accounts shows, in its order: else each line of it would cost a page of the table.
CREATE INDEX accounts_by_name ON accounts (username_key, username);
