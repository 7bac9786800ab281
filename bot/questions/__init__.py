"""Questions in plain Swedish: words become a question, a question becomes an answer.

The seam between the two is `question.Question`: whatever reads words, by rules as here or in some
other way, hands over nothing else. Nothing here changes anything.
"""
