CREATE TABLE core_backends (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  config TEXT NOT NULL,
  secrets TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE core_instances (
  id TEXT PRIMARY KEY,
  backend_id TEXT NOT NULL,
  native_id TEXT NOT NULL,
  project_id TEXT,
  managed INTEGER NOT NULL,
  observed TEXT NOT NULL
);

CREATE INDEX core_instances_backend ON core_instances (backend_id);

CREATE TABLE core_operations (
  id TEXT PRIMARY KEY,
  action TEXT NOT NULL,
  backend_id TEXT NOT NULL,
  instance_id TEXT,
  project_id TEXT,
  status TEXT NOT NULL,
  progress INTEGER NOT NULL,
  message TEXT NOT NULL,
  error_code TEXT,
  error_message TEXT,
  arguments TEXT NOT NULL,
  creation_token TEXT,
  idempotency_key TEXT,
  request_hash TEXT,
  created_by TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  source TEXT NOT NULL,
  request_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  revision BIGINT NOT NULL
);

CREATE UNIQUE INDEX core_operations_idempotency ON core_operations (created_by, idempotency_key);

CREATE INDEX core_operations_instance ON core_operations (instance_id);

CREATE INDEX core_operations_status ON core_operations (status);
