-- Two roles, made when the database is empty: one owns the tables, the other is the bot's.
-- So a bot, whatever happens to it, cannot drop a table or take the guards off the audit log.
-- Run by psql 14 or newer as a superuser, in the database that Samspel gets.
\set ON_ERROR_STOP on
\getenv owner_password SAMSPEL_OWNER_PASSWORD
\getenv bot_password SAMSPEL_BOT_PASSWORD

CREATE ROLE samspel_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE samspel_bot LOGIN PASSWORD :'bot_password';

REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO samspel_owner;
GRANT USAGE ON SCHEMA public TO samspel_bot;

ALTER DEFAULT PRIVILEGES FOR ROLE samspel_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO samspel_bot;
ALTER DEFAULT PRIVILEGES FOR ROLE samspel_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO samspel_bot;
