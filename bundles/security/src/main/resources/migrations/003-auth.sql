-- legacy_until: how long a password that came with another program's hash may still be used to sign in; null for
-- every other. second_factor: whether one is confirmed. short_password: whether the password is one that takes a
-- second factor.
ALTER TABLE security_user ADD COLUMN legacy_until BIGINT;

ALTER TABLE security_user ADD COLUMN second_factor INTEGER NOT NULL DEFAULT 0;

ALTER TABLE security_user ADD COLUMN short_password INTEGER NOT NULL DEFAULT 0;

-- Secrets of authenticator apps, sealed. last_step: the newest step of time whose code was used; none up to it counts.
CREATE TABLE security_totp (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES security_user (id),
    sealed_secret TEXT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

-- Recovery codes that were not used, hashed.
CREATE TABLE security_recovery_code (
    user_id TEXT NOT NULL REFERENCES security_user (id),
    hash TEXT NOT NULL,
    PRIMARY KEY (user_id, hash)
);

-- permissions: separated by blanks; null means whatever the owner may do.
CREATE TABLE security_api_token (
    id TEXT NOT NULL PRIMARY KEY,
    owner_id TEXT NOT NULL REFERENCES security_user (id),
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    permissions TEXT,
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT
);

CREATE INDEX security_api_token_owner ON security_api_token (owner_id);
