"""From the files that the organisation keeps in Excel to the plan and the directory."""
