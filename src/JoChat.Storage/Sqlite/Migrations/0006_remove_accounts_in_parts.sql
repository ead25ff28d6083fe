-- Accounts that were deleted, as long as something is left of them. Their rows stay so long, with a name key that no name
-- has, because messages refer to them; what they left is removed a part at a time (docs/adr/0013).
CREATE TABLE deleted_accounts (
    account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE
) STRICT;
