ALTER TABLE reminder_things DROP CONSTRAINT ck_reminder_things_answer,
  ADD CONSTRAINT ck_reminder_things_answer CHECK (answer IN ('unchanged', 'reported', 'later', 'not_mine', 'away', 'done', 'lapsed'))
--;
ALTER TABLE meetings ADD COLUMN added_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL
--;
ALTER TABLE meeting_reports ADD COLUMN written_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL
