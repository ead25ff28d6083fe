-- A login that gave a resume token, with what is told about it. Every token of it begins with the selector: a token
-- that does so and is none of its tokens was replaced, and is shown by somebody who kept or stole it
-- (docs/adr/0012).
CREATE TABLE logins (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- AUTOINCREMENT: clients revoke by it, so no id is given twice
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    selector   TEXT    NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    client     TEXT,
    address    TEXT
) STRICT;

CREATE INDEX logins_by_account ON logins (account_id, expires_at);
CREATE INDEX logins_by_expiry ON logins (expires_at);

-- A login's tokens that are good: the one that was used last, and those that were given in its place and not used yet.
-- hash is the SHA-256 of the token: who reads this file cannot log in with it.
CREATE TABLE login_tokens (
    hash       BLOB    NOT NULL PRIMARY KEY,
    login_id   INTEGER NOT NULL REFERENCES logins (id) ON DELETE CASCADE,
    offered_at INTEGER -- null: it was used
) STRICT, WITHOUT ROWID;

CREATE INDEX login_tokens_by_login ON login_tokens (login_id, offered_at);

-- Older tokens have no selector: part of their hash stands for it. When they were given was not kept; what is usual is
-- 30 days before they expire.
INSERT INTO logins (account_id, selector, created_at, used_at, expires_at)
SELECT account_id, substr(hex(hash), 1, 16), expires_at - 2592000000, expires_at - 2592000000, expires_at
FROM resume_tokens
WHERE true
ON CONFLICT (selector) DO NOTHING;

INSERT INTO login_tokens (hash, login_id)
SELECT token.hash, login.id
FROM resume_tokens AS token
JOIN logins AS login ON login.selector = substr(hex(token.hash), 1, 16) AND login.account_id = token.account_id;

DROP TABLE resume_tokens;
