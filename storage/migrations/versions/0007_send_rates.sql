ALTER TABLE connections ADD COLUMN rates_full_at TIMESTAMP WITH TIME ZONE[]
--;
ALTER TABLE conversations ADD COLUMN rates_full_at TIMESTAMP WITH TIME ZONE[]
--;
ALTER TABLE messages ADD COLUMN connection_id BIGINT
--;
UPDATE messages SET connection_id = c.connection_id FROM conversations c
  WHERE c.id = messages.conversation_id
    AND (messages.state = 'waiting' OR messages.created_at > now() - interval '60 days')
--;
CREATE FUNCTION know_connection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.connection_id := (SELECT connection_id FROM conversations WHERE id = NEW.conversation_id);
  RETURN NEW;
END $$
--;
CREATE TRIGGER messages_know_connection BEFORE INSERT OR UPDATE OF state ON messages FOR EACH ROW WHEN (NEW.connection_id IS NULL) EXECUTE FUNCTION know_connection()
--;
CREATE INDEX ix_messages_of_connection ON messages (connection_id, urgency, id) WHERE state = 'waiting'
--;
CREATE INDEX ix_messages_sent ON messages (sent_at, connection_id) WHERE state = 'sent'
--;
CREATE INDEX ix_messages_expired ON messages (expires_at, connection_id) WHERE state = 'expired'
--;
CREATE INDEX ix_reminders_day ON reminders (day)
--;
CREATE INDEX ix_polls_opens_at ON polls (opens_at)
