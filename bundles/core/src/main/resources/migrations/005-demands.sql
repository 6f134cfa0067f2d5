-- What instances asked of their hosts when they were admitted, to be judged anew where they are moved to.
CREATE TABLE core_demands (
  instance_id TEXT PRIMARY KEY,
  demands TEXT NOT NULL
);
