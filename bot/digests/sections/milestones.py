"""Milestones of the next two weeks, and those that passed without being reached."""

from datetime import timedelta

from bot.digests.gather import Material, PlannedMilestone, Standing
from bot.digests.passage import Item, Passage, news_first
from bot.digests.wording import how_long, long_day, named
from bot.language import _, ngettext
from bot.states import Status

AHEAD = timedelta(weeks=2)


def coming(material: Material) -> Passage:
    """Milestones from today to the same weekday two weeks ahead."""
    today = material.today
    items = [
        Item(
            key=f"milestone_coming:{each.id}",
            fingerprint=each.due_on.isoformat(),
            full=(
                _("{day}: {title}. ", day=long_day(each.due_on, today), title=each.title),
                *named(each.activity),
                ".",
            ),
        )
        for each in _unreached(material)
        if today <= each.due_on <= today + AHEAD
    ]
    return news_first(
        _("Milstolpar de närmaste två veckorna"),
        items,
        material,
        lambda n: ngettext(
            "{n} kommande milstolpe stod i förra brevet",
            "{n} kommande milstolpar stod i förra brevet",
            n,
        ),
    )


def passed(material: Material) -> Passage:
    """Milestones whose day has passed and that nobody has marked as reached, the latest first."""
    today = material.today
    items = [
        Item(
            key=f"milestone_passed:{each.id}",
            fingerprint=each.due_on.isoformat(),
            full=(
                _("{day}: {title}. ", day=long_day(each.due_on, today), title=each.title),
                *named(each.activity),
                _(", {late} sedan.", late=how_long((today - each.due_on).days)),
            ),
        )
        for each in reversed(_unreached(material))
        if each.due_on < today
    ]
    return news_first(
        _("Milstolpar som passerat utan att nås"),
        items,
        material,
        lambda n: ngettext(
            "{n} passerad milstolpe är fortfarande inte nådd",
            "{n} passerade milstolpar är fortfarande inte nådda",
            n,
        ),
        in_turn=False,
    )


def _unreached(material: Material) -> list[PlannedMilestone]:
    """Those still to be reached; a done activity has nothing left to reach."""
    done = {each.activity.id for each in material.standings if _is_done(each)}
    return [
        each for each in material.milestones if not each.reached and each.activity.id not in done
    ]


def _is_done(standing: Standing) -> bool:
    return standing.status is Status.DONE
