"""Paragraphs of minutes are read without their sign, so that it is not shown twice."""

import pytest

from bot.paragraphs import read_paragraph


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("14", "14"),
        ("§ 14", "14"),
        (" §14 ", "14"),
        ("§§ 14–15", "14–15"),
        ("14 §", "14"),
        ("Paragraf 14", "14"),
        ("paragraf § 14 a", "14 a"),
        ("§", "§"),
        ("Paragraf", "Paragraf"),
        ("", ""),
    ],
)
def test_the_sign_is_left_out(words: str, number: str):
    assert read_paragraph(words) == number
