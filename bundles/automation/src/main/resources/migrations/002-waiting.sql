-- Alerts that were not delivered yet, one row for each channel that is to get one. data is JSON.
CREATE TABLE automation_alert_waiting (
    id TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    type TEXT NOT NULL,
    time BIGINT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    data TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    PRIMARY KEY (id, channel_id)
);
