"""What indexes on words hold of a title and a description."""


def texts_vector(title: str, description: str) -> str:
    """SQL for the words of two columns in PostgreSQL's Swedish dictionary, found with or without
    the dots of Swedish letters."""
    both = f"({title} || ' '::text) || COALESCE({description}, ''::text)"
    return (
        f"to_tsvector('swedish'::regconfig, translate({both}, 'åäöéüÅÄÖÉÜ'::text, "
        "'aaoeuaaoeu'::text))"
    )
