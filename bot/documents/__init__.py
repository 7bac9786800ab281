"""Pictures and documents that the bot makes: charts, and later reports for meetings."""
