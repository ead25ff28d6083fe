-- The number of the writer among all that had this file in a cluster (docs/adr/0015).
ALTER TABLE last_message ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
