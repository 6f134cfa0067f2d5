-- Roles of people's own making; permissions are separated by spaces.
CREATE TABLE security_role (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    permissions TEXT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE security_group (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE security_group_member (
    group_id TEXT NOT NULL REFERENCES security_group (id),
    user_id TEXT NOT NULL REFERENCES security_user (id),
    PRIMARY KEY (group_id, user_id)
);

CREATE INDEX security_group_member_user ON security_group_member (user_id);

-- Quotas that are null are unlimited; cores are a decimal number.
CREATE TABLE security_project (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    description TEXT,
    instances BIGINT,
    memory_bytes BIGINT,
    cpus TEXT,
    disk_bytes BIGINT,
    ports BIGINT,
    backups BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE INDEX security_role_binding_scope ON security_role_binding (scope);
