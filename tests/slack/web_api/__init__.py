"""The methods of Slack's Web API that the counterpart answers, one module a family."""

from tests.slack.web_api import auth, chat, conversations, files, people, views
from tests.slack.web_api.asked import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **people.METHODS,
    **views.METHODS,
}
