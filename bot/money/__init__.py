"""Money of the plan: what funds each activity, what is lacking, and what it has cost."""
