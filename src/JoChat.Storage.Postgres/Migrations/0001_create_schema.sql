-- Times are milliseconds since 1970-01-01 UTC. Names and keys are compared by their bytes (COLLATE "C"), as SQLite does.
-- Messages and what each of them touches have no foreign keys: their one writer knows that the accounts are there.

-- The number of the newest of these files that was applied.
CREATE TABLE jochat_schema (version bigint NOT NULL);
INSERT INTO jochat_schema (version) VALUES (0);

-- Who may write: the one gateway that has raised the epoch last. Each batch names its epoch and leaves its number, so that
-- it can be told whether a batch was stored whose answer was lost. last_id is the highest message id ever given.
CREATE TABLE writer (
    part            smallint PRIMARY KEY,
    epoch           bigint NOT NULL,
    batch           bigint NOT NULL,
    last_id         bigint NOT NULL,
    ordered_through bigint NOT NULL,
    owner           uuid,        -- the process that has the epoch
    backend         integer,     -- its connection, as in pg_stat_activity
    backend_start   timestamptz
) WITH (fillfactor = 10);

INSERT INTO writer (part, epoch, batch, last_id, ordered_through) VALUES (0, 0, 0, 0, 0);

CREATE TABLE accounts (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- no id is given twice, not even after Reset
    username      text COLLATE "C" NOT NULL,
    username_key  text COLLATE "C" NOT NULL UNIQUE,
    skeleton      text COLLATE "C" NOT NULL,
    password_hash text COLLATE "C" NOT NULL,
    created_at    bigint NOT NULL
);

CREATE INDEX accounts_by_skeleton ON accounts (skeleton);
CREATE INDEX accounts_by_hash_kind ON accounts (substr(password_hash, 1, 12));

-- Apart from the accounts: narrow rows that are written often, in place.
CREATE TABLE watermarks (
    account_id       bigint PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    received_through bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- Received is a message with id <= its recipient's received_through, or with its own flag set (docs/adr/0002).
CREATE TABLE messages (
    id           bigint PRIMARY KEY,
    sender_id    bigint NOT NULL,
    recipient_id bigint NOT NULL,
    sent_at      bigint NOT NULL,
    received     boolean NOT NULL DEFAULT false,
    content      bytea NOT NULL -- UTF-8; text would refuse U+0000
);

CREATE INDEX messages_by_recipient ON messages (recipient_id, id);
CREATE INDEX messages_by_pair ON messages (sender_id, recipient_id, id);
CREATE INDEX messages_received_alone ON messages (recipient_id, id) WHERE received;

-- What was sent to an account that blocked the sender (docs/adr/0014).
CREATE TABLE withheld_messages (LIKE messages INCLUDING DEFAULTS, PRIMARY KEY (id));

CREATE INDEX withheld_messages_by_recipient ON withheld_messages (recipient_id, id);
CREATE INDEX withheld_messages_by_pair ON withheld_messages (sender_id, recipient_id, id);

-- What each sender called its messages. A client id outlives its message.
CREATE TABLE client_ids (
    sender_id   bigint NOT NULL,
    client_id   bytea NOT NULL,
    message_id  bigint NOT NULL,
    sent_at     bigint NOT NULL,
    fingerprint bytea NOT NULL,
    PRIMARY KEY (sender_id, client_id)
);

-- A pair has two rows, one for each side. read_through is account_id's mark over the messages that other_id sent; last_id
-- is the newest message of either up to writer.ordered_through (docs/adr/0006), 0 is none.
CREATE TABLE conversations (
    account_id   bigint NOT NULL,
    other_id     bigint NOT NULL,
    read_through bigint NOT NULL DEFAULT 0,
    last_id      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, other_id)
) WITH (fillfactor = 80);

CREATE INDEX conversations_by_other ON conversations (other_id, account_id);
CREATE INDEX conversations_by_last ON conversations (account_id, last_id);

-- Every distinct piece of one, two and three characters of every name's key (docs/adr/0004).
CREATE TABLE name_grams (
    gram         text COLLATE "C" NOT NULL,
    username_key text COLLATE "C" NOT NULL,
    PRIMARY KEY (gram, username_key)
);

CREATE TABLE deleted_accounts (
    account_id bigint PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE TABLE held_names (
    username_key text COLLATE "C" PRIMARY KEY,
    until        bigint NOT NULL,
    username     text COLLATE "C" NOT NULL,
    skeleton     text COLLATE "C" NOT NULL
);

CREATE INDEX held_names_by_end ON held_names (until);
CREATE INDEX held_names_by_skeleton ON held_names (skeleton, until);

-- Every token of a login begins with its selector (docs/adr/0012).
CREATE TABLE logins (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- clients revoke by it, so no id is given twice
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    selector   text COLLATE "C" NOT NULL UNIQUE,
    created_at bigint NOT NULL,
    used_at    bigint NOT NULL,
    expires_at bigint NOT NULL,
    client     text COLLATE "C",
    address    text COLLATE "C"
);

CREATE INDEX logins_by_account ON logins (account_id, expires_at);
CREATE INDEX logins_by_expiry ON logins (expires_at);

-- hash is the SHA-256 of the token: who reads this database cannot log in with it.
CREATE TABLE login_tokens (
    hash       bytea PRIMARY KEY,
    login_id   bigint NOT NULL REFERENCES logins (id) ON DELETE CASCADE,
    offered_at bigint -- null: it was used
);

CREATE INDEX login_tokens_by_login ON login_tokens (login_id, offered_at);

-- Whom an account blocks; its marks over their messages stay for them where they were then.
CREATE TABLE blocks (
    account_id       bigint NOT NULL,
    other_id         bigint NOT NULL,
    received_through bigint NOT NULL,
    marked_through   bigint NOT NULL,
    read_through     bigint NOT NULL,
    PRIMARY KEY (account_id, other_id)
);

CREATE INDEX blocks_by_other ON blocks (other_id);

-- What each account has stored by sending: the content of its messages and 100 bytes for each, and 100 for each client id.
-- It is added to a little behind; what is deleted is taken off at once.
CREATE TABLE sent_bytes (
    account_id bigint PRIMARY KEY,
    bytes      bigint NOT NULL
);

CREATE FUNCTION subtract_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO sent_bytes (account_id, bytes)
    SELECT deleted.sender_id, -sum(octet_length(deleted.content) + 100)
    FROM deleted
    JOIN accounts ON accounts.id = deleted.sender_id
    GROUP BY deleted.sender_id
    ON CONFLICT (account_id) DO UPDATE SET bytes = sent_bytes.bytes + excluded.bytes;
    RETURN NULL;
END $$;

CREATE FUNCTION subtract_client_ids() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO sent_bytes (account_id, bytes)
    SELECT deleted.sender_id, -100 * count(*)
    FROM deleted
    JOIN accounts ON accounts.id = deleted.sender_id
    GROUP BY deleted.sender_id
    ON CONFLICT (account_id) DO UPDATE SET bytes = sent_bytes.bytes + excluded.bytes;
    RETURN NULL;
END $$;

CREATE TRIGGER messages_deleted AFTER DELETE ON messages REFERENCING OLD TABLE AS deleted
    FOR EACH STATEMENT EXECUTE FUNCTION subtract_messages();
CREATE TRIGGER withheld_messages_deleted AFTER DELETE ON withheld_messages REFERENCING OLD TABLE AS deleted
    FOR EACH STATEMENT EXECUTE FUNCTION subtract_messages();
CREATE TRIGGER client_ids_deleted AFTER DELETE ON client_ids REFERENCING OLD TABLE AS deleted
    FOR EACH STATEMENT EXECUTE FUNCTION subtract_client_ids();

-- Which of these messages were sent before under the same client id, and what was stored then.
CREATE FUNCTION sent_before(
    ids bigint[], senders bigint[], in_client_ids bytea[], fingerprints bytea[])
RETURNS TABLE (id bigint, first_id bigint, first_at bigint, is_same boolean) LANGUAGE sql STABLE AS $$
    SELECT sent.id, first.message_id, first.sent_at, first.fingerprint = sent.fingerprint
    FROM unnest(ids, senders, in_client_ids, fingerprints) AS sent (id, sender_id, client_id, fingerprint)
    JOIN client_ids AS first ON first.sender_id = sent.sender_id AND first.client_id = sent.client_id
    WHERE first.message_id <> sent.id
$$;

-- Writes (a part of) a batch, and returns what sent_before does; those messages it does not store. JC001: another writer
-- has taken over. The row of the writer stays locked until the commit, so who takes over waits for it.
CREATE FUNCTION put(
    in_epoch bigint, in_batch bigint, in_last_id bigint,
    ids bigint[], senders bigint[], recipients bigint[], times bigint[], contents bytea[], withheld boolean[],
    in_client_ids bytea[], fingerprints bytea[], client_id_count integer,
    marked_accounts bigint[], marks bigint[], counted_accounts bigint[], counts bigint[])
RETURNS TABLE (id bigint, first_id bigint, first_at bigint, is_same boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    known bigint[] := '{}';
    added integer;
BEGIN
    UPDATE writer SET batch = in_batch, last_id = greatest(last_id, in_last_id) WHERE part = 0 AND epoch = in_epoch;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another gateway writes to this database' USING ERRCODE = 'JC001';
    END IF;
    IF client_id_count > 0 THEN
        INSERT INTO client_ids (sender_id, client_id, message_id, sent_at, fingerprint)
        SELECT sent.sender_id, sent.client_id, sent.id, sent.sent_at, sent.fingerprint
        FROM unnest(ids, senders, times, in_client_ids, fingerprints)
            AS sent (id, sender_id, sent_at, client_id, fingerprint)
        WHERE sent.client_id IS NOT NULL
        ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS added = ROW_COUNT;
        IF added < client_id_count THEN
            known := ARRAY(SELECT before.id FROM sent_before(ids, senders, in_client_ids, fingerprints) AS before);
            RETURN QUERY SELECT * FROM sent_before(ids, senders, in_client_ids, fingerprints);
        END IF;
    END IF;
    INSERT INTO messages (id, sender_id, recipient_id, sent_at, content)
    SELECT sent.id, sent.sender_id, sent.recipient_id, sent.sent_at, sent.content
    FROM unnest(ids, senders, recipients, times, contents, withheld)
        AS sent (id, sender_id, recipient_id, sent_at, content, is_withheld)
    WHERE NOT sent.is_withheld AND sent.id <> ALL (known);
    IF true = ANY (withheld) THEN
        INSERT INTO withheld_messages (id, sender_id, recipient_id, sent_at, content)
        SELECT sent.id, sent.sender_id, sent.recipient_id, sent.sent_at, sent.content
        FROM unnest(ids, senders, recipients, times, contents, withheld)
            AS sent (id, sender_id, recipient_id, sent_at, content, is_withheld)
        WHERE sent.is_withheld AND sent.id <> ALL (known);
    END IF;
    IF cardinality(marks) > 0 THEN
        UPDATE watermarks
        SET received_through = marked.mark
        FROM unnest(marked_accounts, marks) AS marked (account_id, mark)
        WHERE watermarks.account_id = marked.account_id AND watermarks.received_through < marked.mark;
    END IF;
    IF cardinality(counts) > 0 THEN
        INSERT INTO sent_bytes (account_id, bytes)
        SELECT counted.account_id, sum(counted.bytes)
        FROM unnest(counted_accounts, counts) AS counted (account_id, bytes)
        GROUP BY counted.account_id
        ON CONFLICT (account_id) DO UPDATE SET bytes = sent_bytes.bytes + excluded.bytes;
    END IF;
END $$;
