CREATE TABLE rest_idempotency (
  principal TEXT NOT NULL,
  request_key TEXT NOT NULL,
  process TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  sealed TEXT NOT NULL,
  PRIMARY KEY (principal, request_key)
);
CREATE INDEX rest_idempotency_started_at ON rest_idempotency (started_at);
