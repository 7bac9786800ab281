"""Links as people write them, judged before the database judges them."""

import pytest

from bot.conversations.applications.fields import check_whole
from bot.conversations.link_field import check_link


@pytest.mark.parametrize(
    ("link", "right"),
    [
        ("https://example.se/underlag", True),
        ("http://a", True),
        ("https://", False),
        ("http://", False),
        ("https:// ", False),
        ("https://a b", False),
        ("https://a\tb", False),
        ("https://a\nb", False),
        ("example.se", False),
        ("javascript:alert(1)", False),
        ("", True),
        (None, True),
    ],
)
def test_a_link_is_a_whole_address_of_a_page(link: str | None, right: bool):
    assert ("link" not in check_link({"link": link})) is right
    assert ("link" not in check_whole({"link": link})) is right
