"""Cards of needs: living, in lists, on their way, told to those who listen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.bodies import Meeting
from bot.conversations.activity_ways import ways_with
from bot.conversations.needs import (
    becoming,
    commenting,
    history,
    line_changed,
    listing,
    material_form,
    mending_steps,
    merging,
    naming,
    need_form,
    notes,
    registering,
    step_form,
    supporting,
    telling,
    waiting,
    way,
    who_may,
    withdrawing,
)
from bot.conversations.needs import needs as dispatcher
from bot.conversations.needs.need_card import need_card
from bot.conversations.needs.next_step import Next
from bot.conversations.needs.who_may import Entitled
from bot.conversations.show_activity import in_plan
from bot.needs.material import USUAL, field_named
from bot.needs.need import Need, Written
from bot.needs.reading import Page
from bot.needs.stages import Stage
from bot.people import OrganisationId
from bot.specimens.invented import REASONS
from bot.specimens.invented_needs import contact, needs_of, steps_of
from bot.specimens.specimen import Drawn
from bot.specimens.voice import Flavour
from bot.specimens.world import NAME, World

OF = "behov"


def need_cards(world: World) -> Iterator[Drawn]:
    """All of them."""
    for each in (_living, _registering, _sharing, _lists, _history, _told, _steps, _mending):
        yield from each(world)
    yield from _preparing(world)
    yield from _becoming(world)


def coming(world: World, need: Need) -> Next:
    """What comes next, with a meeting in the calendar."""
    chef = [contact(world, 1)]
    meeting = Meeting(world.today + timedelta(days=20), world.today + timedelta(days=13))
    known = world.flavour is not Flavour.EMPTY
    return Next(need, world.today, chef, meeting if known else None)


def _living(world: World) -> Iterator[Drawn]:
    for need in needs_of(world):
        yield Drawn(f"need-{need.stage.value}", OF, need_card(need, world.plan))
        ways = history.ways_with(need, coming(world, need), world.person)
        yield Drawn(f"need-{need.stage.value}-next", OF, ways)
    need = needs_of(world)[0]
    marked = {
        "split": replace(need, split_from=98),
        "withdrawn": replace(need, withdrawn_at=world.now),
        "merged": replace(need, merged_into=99),
    }
    for name, each in marked.items():
        yield Drawn(f"need-{name}", OF, need_card(each, world.plan))
        ways = history.ways_with(each, coming(world, each), world.person)
        yield Drawn(f"need-{name}-next", OF, ways)


def _registering(world: World) -> Iterator[Drawn]:
    need = needs_of(world)[0]
    words = world.voice.line(("Vi behöver gemensamma tolkar.",), 3_000)
    yield Drawn("need-registered-receipt", OF, registering.receipt(need, coming(world, need)))
    alike = needs_of(world)[:5]
    for can in (True, False):
        card = registering.like_it(words[:150], alike, "0123456789", can_support=can)
        yield Drawn(f"need-like-it-{'support' if can else 'follow'}", OF, card)
    yield Drawn("need-line-too-long", OF, registering.line_too_long(words + "x" * 3_001))
    yield Drawn("need-words-gone", OF, registering.words_are_gone())
    yield Drawn("need-more-is-written", OF, registering.more_is_written("0123456789"))
    yield Drawn("need-mended-by-line", OF, line_changed.mended_by_line(need))
    yield Drawn("need-line-stands", OF, line_changed.line_stands(need))
    yield Drawn("need-line-is-behind", OF, line_changed.line_is_behind(need, words))
    for known in (None, need):
        card = dispatcher.number_or_new(words or "5 lag", known, "0123456789")
        yield Drawn(f"need-number-or-new-{'known' if known else 'unknown'}", OF, card)
    yield Drawn("need-no-such", OF, naming.no_such_need("9" * 18))
    yield Drawn("need-what-about-it", OF, dispatcher.what_about_it(need))
    yield Drawn("need-not-yours-to-edit", OF, need_form.not_yours_to_edit(need))
    yield Drawn("need-no-part", OF, naming.no_part_in_it())
    yield Drawn("need-edited", OF, need_form.edited(need))
    yield Drawn("need-edited-by", OF, need_form.edited_by(need, world.person.name))


def _sharing(world: World) -> Iterator[Drawn]:
    need, plan = needs_of(world)[1], world.plan
    own = tuple(sorted(plan.organisations))[:5]
    where = own[0] if own else OrganisationId(1)
    yield Drawn("need-which", OF, supporting.which_municipality(need, plan, own, "stotta"))
    which = supporting.which_municipality(need, plan, own, "stotta", "0123456789")
    yield Drawn("need-which-instead", OF, which)
    line = supporting.support_line(need, world.voice.line(("Vara",), NAME), world.person.name)
    yield Drawn("need-support-line", OF, line)
    yield Drawn("need-only-municipalities", OF, supporting.only_municipalities(need))
    yield Drawn("need-no-support-now", OF, supporting.no_support_now(need))
    for yes in (True, False):
        how = "first" if yes else "again"
        card = supporting.supports_it(need, plan, where, first=yes)
        yield Drawn(f"need-supports-{how}", OF, card)
        card = supporting.supports_no_longer(need, plan, where, did=yes)
        yield Drawn(f"need-supports-no-longer-{how}", OF, card)
        follows = supporting.follows_it(need, yes=yes, was=False)
        yield Drawn(f"need-follows-{how}", OF, follows)
    said = world.voice.line(("Vi är med.",), 3_000)
    yield Drawn("need-commented", OF, commenting.commented(need, said))
    lines = [(world.person.name, said)] * world.voice.many(2, 5)
    yield Drawn("need-comments", OF, commenting.comments_card(need, lines, 5 if lines else None))
    yield Drawn("need-comment-line", OF, telling.comment_line(need, world.person.name, said))


def _lists(world: World) -> Iterator[Drawn]:
    needs, plan = needs_of(world), world.plan
    shown = needs[: world.voice.many(3, listing.A_PAGE)]
    asked = listing.Asked(words=world.voice.line(("tolk",), 200))
    if shown:
        page = Page(tuple(shown), 99)
        yield Drawn("needs-listed", OF, listing.listed(page, listing.Asked(), 0, plan))
        yield Drawn("needs-found", OF, listing.listed(page, asked, 6, plan))
    yield Drawn("needs-none", OF, listing.none_fits(""))
    yield Drawn("needs-none-fits", OF, listing.none_fits(listing.described(asked, plan)))
    counts = {each.stage: world.voice.many(2, 9_999) for each in needs}
    yield Drawn("needs-board", OF, listing.board_card(counts))
    yield Drawn("needs-mine", OF, waiting.mine_card(shown))
    if shown:
        card = waiting.waiting_card(needs[:8], world.person, world.today)
        yield Drawn("needs-waiting", OF, card)


def _history(world: World) -> Iterator[Drawn]:
    need = needs_of(world)[0]
    steps = steps_of(world, need)
    said = world.voice.line(("Regionen vill vara med.",), 3_000)
    joined = [Written(1, world.person.id, world.person.name, world.now, said)]
    joined *= world.voice.many(1, 11)
    plan, count = world.plan, len(joined)
    yield Drawn("need-history", OF, history.history_card(need, steps[:8], 8, count, plan))
    yield Drawn("need-history-last", OF, history.history_card(need, steps[8:], None, count))
    yield Drawn("need-notes-joined", OF, history.joined_notes_card(need, joined, 0))
    yield Drawn("need-notes-joined-older", OF, history.joined_notes_card(need, joined, 3))


def _told(world: World) -> Iterator[Drawn]:
    reason = world.voice.line(REASONS, 3_000)
    name = world.person.name
    for need in needs_of(world):
        comes = coming(world, need)
        card = telling.step_news(need, comes, name, reason=reason)
        yield Drawn(f"need-news-{need.stage.value}", OF, card)
    need = needs_of(world)[1]
    comes = coming(world, need)
    back = telling.step_news(need, comes, name, taken_back=True, reason=reason)
    yield Drawn("need-news-taken-back", OF, back)
    yield Drawn("need-news-for-the-chef", OF, telling.registered_news(need, world.plan))
    yield Drawn("need-you-prepare", OF, telling.you_prepare(need))
    yield Drawn("need-put-to-body", OF, telling.put_to_body(need, comes))
    yield Drawn("need-withdrawn-news", OF, withdrawing.withdrawn_news(need, name, reason))
    yield Drawn("need-merged-news", OF, merging.merged_news(need, need, name))
    yield Drawn("need-restored-news", OF, withdrawing.restored_news(need, name))
    yield Drawn("need-merged-here-news", OF, merging.merged_here_news(need, need, name))
    yield Drawn("need-apart-news", OF, merging.apart_news(need, name))


def _steps(world: World) -> Iterator[Drawn]:
    people = [contact(world, n) for n in range(world.voice.many(5, 40))]
    for need in needs_of(world):
        card = step_form.stepped(need, coming(world, need), steps_of(world, need)[0])
        yield Drawn(f"need-stepped-{need.stage.value}", OF, card)
    need = needs_of(world)[1]
    entitled = {
        "chef": (Stage.PREPARING, Entitled(people)),
        "body": (Stage.REFERENCE_GROUP, Entitled(people, "steering_group", people)),
        "accept": (Stage.ACCEPTED, Entitled(people)),
        "rest": (Stage.RESTING, Entitled(people)),
    }
    for name, (to, who) in entitled.items():
        of = needs_of(world)[0] if name == "chef" else need
        yield Drawn(f"need-step-is-of-{name}", OF, who_may.step_is_of(of, to, who))
    ways = way.ways_on(replace(world.person, posts=frozenset({"manager"})), need, None)
    yield Drawn("need-choose-way", OF, way.choose_way(need, coming(world, need), ways))
    asking = way.choose_way(need, coming(world, need), ways, may_start=True)
    yield Drawn("need-choose-way-or-poll", OF, asking)
    step = steps_of(world, need)[0]
    yield Drawn("need-others-step", OF, mending_steps.others_step(need, step))
    yield Drawn("need-stepped-since", OF, mending_steps.stepped_since(need, step))
    yield Drawn("need-taken-back", OF, mending_steps.taken_back(need, coming(world, need)))
    yield Drawn("need-new-preparer", OF, mending_steps.new_preparer(need))


def _mending(world: World) -> Iterator[Drawn]:
    need, other = needs_of(world)[:2]
    yield Drawn("need-withdrawn-receipt", OF, withdrawing.withdrawn(need))
    yield Drawn("need-restored", OF, withdrawing.restored(need))
    yield Drawn("need-only-the-registrant", OF, withdrawing.only_the_registrant(need))
    yield Drawn("need-not-as-it-is", OF, withdrawing.not_as_it_is(need))
    yield Drawn("need-who-may-merge", OF, merging.who_may_merge(need))
    yield Drawn("need-prepares-not-both", OF, merging.prepares_not_both(need))
    yield Drawn("need-come-less-far", OF, merging.come_less_far(need, need))
    yield Drawn("need-merged-into", OF, merging.merged_into(need, other))
    yield Drawn("need-apart", OF, merging.apart(need))
    yield Drawn("need-split-off", OF, merging.split_off(need, other))


def _preparing(world: World) -> Iterator[Drawn]:
    need = needs_of(world)[1]
    who = Entitled([contact(world, 1)])
    yield Drawn("need-for-those-who-prepare", OF, notes.for_those_who_prepare(need, who))
    for seen in (True, False):
        yield Drawn(f"need-noted-{'seen' if seen else 'alone'}", OF, notes.noted(need, seen=seen))
    found = [
        Written(n, world.person.id, world.person.name, world.now, _note(world), joined=n == 1)
        for n in range(1, world.voice.many(3, 30) + 1)
    ]
    yield Drawn("need-notes", OF, notes.notes_card(need, found, world.person.id))
    left = [field_named(name) for name in (*USUAL, "barnets_basta")]
    yield Drawn("need-material-saved", OF, material_form.material_saved(need, left))
    yield Drawn("need-material-whole", OF, material_form.material_saved(need, ()))
    yield Drawn("need-material-lacks", OF, material_form.material_lacks(need, left))
    yield Drawn("need-who-writes", OF, material_form.who_writes(need))
    mine = [(each.label, _note(world)) for each in left]
    yield Drawn("need-others-wrote", OF, material_form.others_wrote(need, mine))
    yield Drawn("need-nothing-asked-for", OF, material_form.nothing_asked_for(need))


def _note(world: World) -> str:
    return world.voice.line(("Ring regionen.",), 3_000)


def _becoming(world: World) -> Iterator[Drawn]:
    need = needs_of(world)[5]
    title = world.voice.line(("Tolktjänst",), 150)
    for mine in (True, False):
        card = becoming.became_activity(need, "SOC-07", title, mine=mine)
        yield Drawn(f"need-became-activity-{'mine' if mine else 'told'}", OF, card)
    needs = needs_of(world)[:4]
    ways = ways_with(world.activities[0], needs, follows=True, may_ask=True, may_start=True)
    followed = in_plan(world.plan, world.activities[0], needs, ways)
    yield Drawn("activity-from-needs", "aktivitet", followed)
    yield Drawn("need-became-area", OF, becoming.became_area(need, title[:100]))
