-- Times are milliseconds since 1970, UTC; flags are 0 or 1; ids are UUIDs as text.

-- Its one row says that the first administrator has been created, for ever.
CREATE TABLE security_setup (
    id INTEGER NOT NULL PRIMARY KEY,
    completed_at BIGINT NOT NULL
);

CREATE TABLE security_user (
    id TEXT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL UNIQUE,
    email TEXT,
    password_hash TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    password_change_required INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT,
    version BIGINT NOT NULL
);

-- Where a user has signed in well before; guessing from elsewhere does not lock these out.
CREATE TABLE security_known_source (
    user_id TEXT NOT NULL REFERENCES security_user (id),
    source TEXT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, source)
);

CREATE TABLE security_role_binding (
    id TEXT NOT NULL PRIMARY KEY,
    principal TEXT NOT NULL,
    role_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (principal, role_id, scope)
);

CREATE TABLE security_session (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES security_user (id),
    source TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX security_session_user ON security_session (user_id);

-- Every refresh token that a living session ever had, hashed; all but the newest are used.
CREATE TABLE security_refresh_token (
    hash TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES security_session (id),
    used_at BIGINT
);

CREATE INDEX security_refresh_token_session ON security_refresh_token (session_id);

-- Which key files belong to this database, by the beginning of their hash.
CREATE TABLE security_key (
    name TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL
);

CREATE TABLE security_audit (
    sequence BIGINT NOT NULL PRIMARY KEY,
    time BIGINT NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    resource TEXT NOT NULL,
    outcome TEXT NOT NULL,
    source TEXT NOT NULL,
    request_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX security_audit_actor ON security_audit (actor, sequence);

CREATE INDEX security_audit_resource ON security_audit (resource, sequence);

-- One row: the last entry of the log. Whoever appends holds it until the transaction ends.
CREATE TABLE security_audit_head (
    id INTEGER NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL
);

INSERT INTO security_audit_head (id, sequence, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
