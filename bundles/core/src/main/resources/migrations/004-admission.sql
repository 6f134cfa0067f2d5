-- What may be asked of hosts without instance:host-access, by the scope where it holds.
CREATE TABLE core_admission_policies (
  scope TEXT PRIMARY KEY,
  policy TEXT NOT NULL,
  version BIGINT NOT NULL
);
