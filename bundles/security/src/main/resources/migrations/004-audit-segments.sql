-- What was moved out of security_audit into files, in order; number counts from 1. removed_at: when Freehold deleted the
-- file because it was old; 0: it is there. The signature is under every other column.
CREATE TABLE security_audit_segment (
    number BIGINT NOT NULL PRIMARY KEY,
    first_sequence BIGINT NOT NULL,
    last_sequence BIGINT NOT NULL UNIQUE,
    previous_hash TEXT NOT NULL,
    first_hash TEXT NOT NULL,
    last_hash TEXT NOT NULL,
    oldest BIGINT NOT NULL,
    newest BIGINT NOT NULL,
    file_hash TEXT NOT NULL,
    sealed_at BIGINT NOT NULL,
    removed_at BIGINT NOT NULL,
    signature TEXT NOT NULL
);
