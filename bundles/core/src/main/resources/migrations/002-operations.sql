-- What tells this Freehold from others; one row.
CREATE TABLE core_installation (
  id TEXT PRIMARY KEY
);

-- An operation names its instance from the beginning, whether it exists yet or not.
UPDATE core_operations SET instance_id = creation_token WHERE instance_id IS NULL;

ALTER TABLE core_operations DROP COLUMN creation_token;

CREATE INDEX core_operations_ended ON core_operations (ended_at);
