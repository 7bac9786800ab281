"""What is said of those who have not answered a poll; nothing of votes that are secret."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from bot.conversations.needs.wording import capital
from bot.conversations.polls.wording import names_and_more, of_number, poll_name
from bot.digests.wording import listed, long_day
from bot.language import _, ngettext
from bot.people import OrganisationId, PersonId
from bot.polls.poll import Poll, Secrecy
from bot.questions.answers.poll_choosing import Whose, about_words, ended, last_answer, words_of
from bot.questions.answers.scope_words import person_names, when_words
from bot.questions.asking import Asking
from bot.questions.question import Filter

NAMED, LEAST_NAMED, ROOM = 15, 3, 200
"""Names that a sentence holds, as many as there are municipalities; fewer, when these together
have more characters than there is room for."""
MOST_SECRET = 2


class Stands(IntEnum):
    """What somebody has said: nothing, to an earlier proposal, that politicians decide, or all."""

    MISSING = 1
    TO_CONFIRM = 2
    WAITING = 3
    ANSWERED = 4


LEFT = (Stands.MISSING, Stands.TO_CONFIRM)


@dataclass(frozen=True)
class Line:
    """One that may answer a poll, and what it has said as far as that may be shown."""

    poll: Poll
    name: str
    organisation: OrganisationId | None
    person: PersonId | None
    stands: Stands
    expected_on: date | None = None


def said_of(asking: Asking, about: Whose, polls: Sequence[Poll], lines: Sequence[Line]) -> str:
    """Who is left, of those asked about; `lines` are all of them."""
    if not about.is_anybody:
        return " ".join(_of_each(asking, about, polls, lines))
    secret = [each for each in polls if each.secrecy is Secrecy.ALWAYS]
    known = [each for each in polls if each not in secret]
    said = [_secret(each, asking.today) for each in secret[:MOST_SECRET]]
    if not known:
        return " ".join(said)
    told = (
        _of_one(asking, known[0], lines) if len(known) == 1 else _of_several(asking, known, lines)
    )
    return " ".join((*told, *said))


def _of_one(asking: Asking, poll: Poll, lines: Sequence[Line]) -> list[str]:
    codes = asking.question.values(Filter.ACTIVITY)
    words = words_of(poll)
    if codes:
        words = _("{poll} om {codes}", poll=words, codes=listed(codes))
    day, missing = last_answer(poll, asking.today), _names(lines, Stands.MISSING)
    count = of_number(len(missing), len(lines))
    if missing and poll.voters == "municipality":
        said = _("{count} kommuner har inte svarat på {poll}: {names}.", count=count, poll=words,
                 names=_all(missing))  # fmt: skip
    elif missing:
        said = _("{count} har inte svarat på {poll}: {names}.", count=count, poll=words,
                 names=_all(missing))  # fmt: skip
    else:
        said = _nobody_missing(poll, words, lines)
    return [said, *_others(lines, asking.today), _("Sista dag att svara är {day}.", day=day)]


def _nobody_missing(poll: Poll, words: str, lines: Sequence[Line]) -> str:
    if any(each.stands is not Stands.ANSWERED for each in lines):
        return _("Inget svar saknas på {poll}.", poll=words)
    if poll.voters == "municipality":
        return ngettext(
            "Den enda kommun som är med har svarat på {poll}.",
            "Alla {n} kommuner har svarat på {poll}.",
            len(lines),
            poll=words,
        )
    return ngettext(
        "Den enda som är med har svarat på {poll}.",
        "Alla {n} har svarat på {poll}.",
        len(lines),
        poll=words,
    )


def _of_several(asking: Asking, polls: Sequence[Poll], lines: Sequence[Line]) -> list[str]:
    missing = [each for each in lines if each.stands is Stands.MISSING]
    about = about_words(asking) + _closing_words(asking)
    where = ngettext(
        "{n} öppen omröstning{about}", "{n} öppna omröstningar{about}", len(polls), about=about
    )
    if not missing:
        said = [_("Inget svar saknas i {polls}.", polls=where)]
        return [*said, *_others(lines, asking.today)]
    answers = ngettext("{n} svar saknas i {polls}", "{n} svar saknas i {polls}", len(missing),
                       polls=where)  # fmt: skip
    names = list(dict.fromkeys(sorted(each.name for each in missing)))
    waited = [each for each in polls if any(one.poll == each for one in missing)]
    return [
        _("{answers}, från {names}.", answers=answers, names=_all(names)),
        *_others(lines, asking.today),
        closes_first(asking, waited),
    ]


def _others(lines: Sequence[Line], today: date) -> list[str]:
    """Those who must confirm, and those who wait for their politicians."""
    said: list[str] = []
    confirm = _names(lines, Stands.TO_CONFIRM)
    if confirm:
        said.append(
            _("{names} har svarat på ett tidigare förslag och ska bekräfta.", names=_all(confirm))
        )
    waiting = [
        _("{name} ({day})", name=each.name, day=long_day(each.expected_on, today))
        if each.expected_on is not None
        else each.name
        for each in lines
        if each.stands is Stands.WAITING
    ]
    if waiting:
        said.append(_("{names} väntar på politiskt beslut.", names=_all(waiting)))
    return said


def _of_each(
    asking: Asking, about: Whose, polls: Sequence[Poll], lines: Sequence[Line]
) -> list[str]:
    """A sentence for each that is named and each way they stand."""
    said: list[str] = []
    for stands in Stands:
        names: dict[tuple[int, ...], list[str]] = {}
        known = {each.id: each for each in polls}
        for name in dict.fromkeys(each.name for each in lines):
            of_it = [e.poll.id for e in lines if e.name == name and e.stands is stands]
            if of_it:
                names.setdefault(tuple(of_it), []).append(name)
        said += [
            _stands_words(stands, _all(who), listed([words_of(known[key]) for key in keys]))
            for keys, who in names.items()
        ]
    secret = [each for each in polls if each.secrecy is Secrecy.ALWAYS]
    if secret:
        who, where = listed(about.names), listed([words_of(each) for each in secret])
        said.append(_("Om {who} har röstat i {polls} är hemligt.", who=who, polls=where))
    waited = [each for each in polls if any(e.poll == each and e.stands in LEFT for e in lines)]
    return [*said, closes_first(asking, waited)] if waited else said


def closes_first(asking: Asking, polls: Sequence[Poll]) -> str:
    """Until when there is time to answer, of polls by when they close."""
    day = last_answer(polls[0], asking.today)
    if len(polls) == 1:
        return _("{poll} stänger {day}.", poll=capital(poll_name(polls[0].id)), day=day)
    return _("Först stänger {poll}, {day}.", poll=words_of(polls[0]), day=day)


def _stands_words(stands: Stands, who: str, polls: str) -> str:
    match stands:
        case Stands.MISSING:
            return _("{who} har inte svarat på {polls}.", who=who, polls=polls)
        case Stands.TO_CONFIRM:
            return _("{who} ska bekräfta sitt svar på {polls}.", who=who, polls=polls)
        case Stands.WAITING:
            return _("{who} väntar på politiskt beslut om {polls}.", who=who, polls=polls)
        case Stands.ANSWERED:
            return _("{who} har svarat på {polls}.", who=who, polls=polls)


def _secret(poll: Poll, today: date) -> str:
    return _(
        "Vilka som har röstat i {poll} är hemligt. {count} har röstat, och den stänger {day}.",
        poll=words_of(poll),
        count=of_number(poll.voted, poll.electorate),
        day=last_answer(poll, today),
    )


def _names(lines: Iterable[Line], stands: Stands) -> list[str]:
    return [each.name for each in lines if each.stands is stands]


def _all(names: Sequence[str]) -> str:
    most = NAMED
    while most > LEAST_NAMED and sum(map(len, names[:most])) > ROOM:
        most -= 1
    return listed(names) if len(names) <= most else names_and_more(names, most)


def no_open(asking: Asking, about: Whose) -> str:
    """That nothing is open that they could answer."""
    who, what = listed(about.names) or person_names(asking), about_words(asking)
    what += _closing_words(asking)
    if who:
        return _("Ingen öppen omröstning{about} väntar på svar från {who}.", about=what, who=who)
    return _("Ingen omröstning{about} är öppen, så inga svar väntas.", about=what)


def _closing_words(asking: Asking) -> str:
    """` som stänger den här veckan`; empty when no time is said."""
    when = when_words(asking)
    if not when:
        return ""
    if asking.question.values(Filter.SINCE):
        return _(" som pågått {when}", when=when)
    return _(" som stänger {when}", when=when)


def never(poll: Poll, lines: Sequence[Line], today: date) -> str:
    """Who had not answered when it closed."""
    words, day = capital(words_of(poll)), ended(poll, today)
    if poll.secrecy is Secrecy.ALWAYS:
        return _("{poll} stängde {day}. Vilka som röstade är hemligt.", poll=words, day=day)
    left = [each.name for each in lines if each.poll == poll and each.stands in LEFT]
    if not left:
        return _("{poll} stängde {day}, och då hade alla svarat.", poll=words, day=day)
    names = _all(left)
    return _("{poll} stängde {day} utan svar från {names}.", poll=words, day=day, names=names)
