-- What instances of projects were promised, which counts against quotas also while a backend says less.
CREATE TABLE core_claims (
  instance_id TEXT PRIMARY KEY,
  cpus TEXT,
  memory_bytes BIGINT,
  disk_bytes BIGINT,
  ports BIGINT NOT NULL
);
