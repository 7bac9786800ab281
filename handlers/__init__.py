"""Where people meet the bot: web, chat platforms, command line."""
