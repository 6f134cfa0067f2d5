-- What a change of a channel is based on.
ALTER TABLE automation_alert_channel ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
