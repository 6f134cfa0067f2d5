-- Who is told of alerts, and how. The secret is encrypted and bound to its row.
CREATE TABLE automation_alert_channel (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    url TEXT NOT NULL,
    username TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    events TEXT NOT NULL,
    secret TEXT
);
