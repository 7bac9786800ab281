"""What a workspace is drawn for: its canvas, and the blocks that it has refused."""

from collections.abc import Mapping

from bot.conversations.views import Chart
from handlers.slack.canvas import Canvas


class Drawing:
    """Canvases by workspace. A workspace that refuses a new block is not offered it again."""

    def __init__(self, base: str) -> None:
        """`base`: where people reach our own pages, or empty."""
        self._base = base
        self._refusing: set[str] = set()

    def refuses(self, team: str) -> None:
        """Draw without the newest blocks for that workspace from now on."""
        self._refusing.add(team)

    def takes_new_blocks(self, team: str) -> bool:
        """Whether the workspace is still offered the newest blocks."""
        return team not in self._refusing

    def canvas(
        self,
        team: str,
        *,
        users: Mapping[int, str] | None = None,
        files: Mapping[int, str] | None = None,
        charts: Mapping[Chart, str] | None = None,
    ) -> Canvas:
        """The canvas of a workspace, with what was looked up for this one view."""
        new = self.takes_new_blocks(team)
        return Canvas(
            base=self._base,
            users=users or {},
            files=files or {},
            charts=charts or {},
            native_charts=new,
            native_tables=new,
        )
