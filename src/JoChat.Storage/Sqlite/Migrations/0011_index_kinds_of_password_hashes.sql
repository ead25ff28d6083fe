-- How passwords were hashed: with the beginning of a hash, the few kinds in use are found without reading all accounts.
CREATE INDEX accounts_by_hash_kind ON accounts (substr(password_hash, 1, 12));
