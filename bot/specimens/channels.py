"""Cards of channels: joined, lost, bound to bodies and posts, and the form that binds them."""

from collections.abc import Iterator
from typing import get_args

from bot import places, private_chats
from bot.conversations import bind_channel, bind_channel_form, binding, gone_channel
from bot.conversations.bind_channel_form import About, BindChannel
from bot.conversations.binding import Changed
from bot.language import _
from bot.specimens.forms import every_step
from bot.specimens.invented import PEOPLE
from bot.specimens.specimen import Drawn
from bot.specimens.world import AREA, NAME, World
from storage.queries.bindings import Channel
from storage.queries.places import Bound

OF = binding.NAME
CHANNEL_NAME = 80
"""Letters of a channel's name, as Slack has it."""


def channel_cards(world: World) -> Iterator[Drawn]:
    """All of them, but the form."""
    about = _about(world)
    bound = [each for each in about.bindable if each in about.bound]
    yield Drawn("channel-greeting", "", places.greeting(()))
    yield Drawn("chat-greeting", "", places.greeting((), chat=True))
    yield Drawn("private-greeting", "", private_chats.at_home())
    yield Drawn("channel-greeting-again", "", places.greeting(bound or about.bindable[:1]))
    for why in get_args(places.Why):
        lost = places.channel_lost(about.channel.name, why, bound or about.bindable[:1], 3)
        yield Drawn(f"channel-lost-{why}", "", lost)
    workspace = world.voice.line(("Skövde kommun",), NAME)
    yield Drawn("workspace-lost", "", places.workspace_lost("slack", workspace, bound, 1))
    yield from _binding(world, about, bound)
    yield from _unclear(world, about, bound)


def channel_forms(world: World) -> Iterator[Drawn]:
    """Binding a channel."""
    yield from every_step(world, OF, BindChannel(), _about(world), ("7",))


def _about(world: World) -> About:
    channel = Channel(7, world.voice.line(("kompetens",), CHANNEL_NAME), "slack", "sv")
    networks = [Bound("body", key, "network", body.name) for key, body in world.plan.bodies.items()]
    more = [
        Bound("body", 100 + n, "network", world.voice.line(("Turism",), AREA))
        for n in range(world.voice.many(0, 120))
    ]
    bodies = (
        *(
            Bound("body", 50, "steering_group", "Styrgruppen"),
            Bound("post", 1, "manager", "manager"),
        ),
        Bound("post", 2, "federation_director", "federation_director"),
    )
    bindable = (*networks, *more, *bodies)
    bound = frozenset(bindable[: world.voice.many(2, 9)])
    return About(channel, bindable, bound, bindable[:1] if bound else ())


def _binding(world: World, about: About, bound: list[Bound]) -> Iterator[Drawn]:
    channel, first = about.channel, tuple(about.bindable[:2])
    done = Changed(channel, first, about.bindable[2:3], "en", cards=12)
    names = [world.voice.line(PEOPLE, NAME) for _n in range(world.voice.many(3, 8))]
    found = [(channel, about.bindable[:4])] * world.voice.many(3, bind_channel.CHANNELS_A_PAGE)
    told = {
        "channel-bound": binding.result_card(done, bound, _("Kanalen är kopplad")),
        "channel-unbound": binding.result_card(Changed(channel, (), first), [], _("Ångrat")),
        "channel-others-bind": binding.others_bind(names),
        "channel-always": bind_channel.always_there(about, first),
        "channel-shown": bind_channel.shown_card(about, may_change=True),
        "channel-shown-to-others": bind_channel.shown_card(about, may_change=False),
        "channels": bind_channel.channels_card(found, 25),
        "channels-and-gone": bind_channel.channels_card(found, 25, found * 2),
        "channels-only-gone": bind_channel.channels_card((), None, found[:1]),
        "channel-let-go-of-gone": gone_channel.let_go_card(channel.name, first),
        "channel-not-gone": gone_channel.nothing_to_let_go(),
        "channels-none": bind_channel.channels_card(()),
        "channel-gone": bind_channel_form.no_channel(),
    }
    for name, card in told.items():
        yield Drawn(name, OF, card)


def _unclear(world: World, about: About, bound: list[Bound]) -> Iterator[Drawn]:
    words = world.voice.line(("konpetens",), 200)
    near = bind_channel.Unclear(words, about.bindable[:5])
    told = {
        "channel-which": bind_channel.which_of_them(about, near, "till"),
        "channel-no-such": bind_channel.which_of_them(about, bind_channel.Unclear(words), "till"),
        "channel-let-go": bind_channel.what_to_let_go(about, bound),
        "channel-let-go-nothing": bind_channel.what_to_let_go(about, ()),
        "channel-elsewhere": bind_channel.elsewhere(in_channel=False),
        "channel-not-in": bind_channel.elsewhere(in_channel=True),
    }
    for name, card in told.items():
        yield Drawn(name, OF, card)
