"""Money lacking: a question of resources, so each keeps its line until it is settled."""

from dataclasses import replace

from bot.conversations.views import text
from bot.digests.gather import Material, Standing
from bot.digests.passage import Item, Passage, line_each
from bot.digests.wording import Line, named
from bot.language import _, kronor
from bot.money.overview import is_over
from bot.states import Status


def money(material: Material) -> Passage:
    """Activities that are not over and whose budget is not covered, the largest lack first."""
    lacking = [each for each in material.standings if _lacks(each, material)]
    lacking.sort(key=lambda each: (-each.activity.lacking, each.activity.code))
    passage = line_each(_("Pengar som saknas"), [_item(each) for each in lacking], material)
    if len(lacking) < 2:
        return passage
    total = kronor(sum(each.activity.lacking for each in lacking))
    return replace(passage, parts=(text(_("Totalt saknas {sum}.", sum=total)), *passage.parts))


def _lacks(standing: Standing, material: Material) -> bool:
    activity = standing.activity
    over = is_over(activity, material.today, done=standing.status is Status.DONE)
    return activity.lacking > 0 and not over


def _item(standing: Standing) -> Item:
    activity = standing.activity
    line: Line = (
        *named(activity),
        _(
            ": {lacking} av {budget}.",
            lacking=kronor(activity.lacking),
            budget=kronor(activity.budget),
        ),
    )
    return Item(
        key=f"lacking:{activity.id}",
        fingerprint=str(activity.lacking),
        full=line,
        brief=line,
    )
