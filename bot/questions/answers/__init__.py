"""How each kind of question is answered: one module for an intent or a close pair."""
