CREATE TABLE plugins_plugin (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  publisher TEXT,
  previous_version TEXT,
  previous_sha256 TEXT,
  previous_publisher TEXT,
  changed_at BIGINT NOT NULL
);
