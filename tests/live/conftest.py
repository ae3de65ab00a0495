"""One server for all stories of this folder: the team stack where its services are, the embedded one elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import ON_POSTGRES, ON_REDIS
from tests.live.world import Map, World, make_world
from tests.stack.servers import embedded_server, team_server


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The cast on a real server; when all stories are told, its log must hold no traceback."""
    start = team_server if ON_POSTGRES and ON_REDIS else embedded_server
    with start(tmp_path_factory.mktemp("live")) as server:
        made = make_world(server)
        yield made
        # The channel layer's own library tells of connections that a story cut.
        tracebacks = [part for part in server.log.split("Traceback ")[1:] if "channels_redis" not in part[:400]]
        assert not tracebacks, tracebacks[0][:6000]


@pytest.fixture
def drawn(world: World) -> Map:
    return world.new_map()
