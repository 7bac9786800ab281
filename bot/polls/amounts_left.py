"""What is left to spread while a form is filled in."""

from collections.abc import Iterable

from bot.amounts import NotAnAmount, read_amount


def points_left(points: int, typed: Iterable[object]) -> int:
    """The points less those that are typed so far; below zero when it is too many."""
    return points - sum(_number(each) for each in typed)


def _number(typed: object) -> int:
    try:
        return read_amount(typed) if isinstance(typed, str) and typed.strip() else 0
    except NotAnAmount:
        return 0
