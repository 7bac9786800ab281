"""Everything that is said in Swedish can be said in English, with the same values."""

from babel.messages.catalog import Catalog

from tests import catalogue

HELLO = "Hej {name}"
MANY = ("{n} aktivitet", "{n} aktiviteter")


def swedish() -> Catalog:
    texts = Catalog(locale="sv")
    texts.add(HELLO)
    texts.add(MANY)
    return texts


def test_what_has_no_english_is_found():
    kept = Catalog(locale="en")
    kept.add(HELLO, "")
    kept.add(MANY, ("{n} activity", ""))
    assert [message.id for message in catalogue.untranslated(swedish(), kept)] == [HELLO, MANY]


def test_what_has_english_is_left_alone():
    kept = Catalog(locale="en")
    kept.add(HELLO, "Hello {name}")
    kept.add(MANY, ("One activity", "{n} activities"))
    assert not list(catalogue.untranslated(swedish(), kept))
    assert not list(catalogue.mismatched(kept))
    assert not list(catalogue.no_longer_said(swedish(), kept))


def test_a_value_lost_or_made_up_is_found():
    kept = Catalog(locale="en")
    kept.add(HELLO, "Hello {nmae}")
    assert [message.id for message in catalogue.mismatched(kept)] == [HELLO]


def test_the_catalogue_is_complete():
    missing = [
        message.id for message in catalogue.untranslated(catalogue.said(), catalogue.english())
    ]
    assert not missing, f"{len(missing)} texts without English (make messages): {missing[:20]}"


def test_the_catalogue_keeps_every_value():
    wrong = [message.id for message in catalogue.mismatched(catalogue.english())]
    assert not wrong, f"other values in English than in Swedish: {wrong}"


def test_the_catalogue_holds_nothing_that_is_no_longer_said():
    gone = list(catalogue.no_longer_said(catalogue.said(), catalogue.english()))
    assert not gone, f"make messages takes these out: {[message.id for message in gone]}"
