ALTER TABLE messages ADD COLUMN letter TEXT,
  ADD CONSTRAINT ck_messages_letter CHECK (letter IN ('digest', 'reminder'))
