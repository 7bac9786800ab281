"""What the checks by Microsoft's package and the pictures need: npm's packages, and the views."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import HOUSE
from tests.npm import Node, node_in
from tests.written_views import written_once

HERE = Path(__file__).parent
BUILD = HOUSE / "build" / "teams"


@pytest.fixture(scope="session")
def node() -> Node:
    """Runs a script of this folder with node."""
    BUILD.mkdir(parents=True, exist_ok=True)
    return node_in(HERE)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The folder with every view of a seed, written once."""
    return written_once("teams", tmp_path_factory)
