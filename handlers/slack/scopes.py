"""What Samspel asks to be allowed in a workspace, and why: one list for install, manifest, doctor.

Each method and event that is used, with the scopes that its page asks of a bot token
(docs.slack.dev/reference/methods and /reference/events).
"""

from collections.abc import Mapping

_READ_CHANNELS = ("channels:read", "groups:read")
_HISTORY = ("channels:history", "groups:history", "im:history")

METHODS: Mapping[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # asks connections:write of the app token
    "auth.revoke": (),
    "auth.test": (),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": _HISTORY,
    "conversations.info": (*_READ_CHANNELS, "im:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": _HISTORY,
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "oauth.v2.access": (),
    "users.info": ("users:read", "users:read.email"),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}

EVENTS: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": _READ_CHANNELS,
    "member_left_channel": _READ_CHANNELS,
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}

SCOPES: tuple[str, ...] = tuple(
    sorted(
        {"commands"}.union(
            scope for asked in (METHODS, EVENTS) for scopes in asked.values() for scope in scopes
        )
    )
)
"""Every bot scope that is needed, `commands` for commands and shortcuts among them."""
