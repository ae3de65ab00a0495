"""Threads of the live part's own, in which it reads the database: the event loop never waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import DatabaseError, connection

P = ParamSpec("P")
T = TypeVar("T")
_readers = ThreadPoolExecutor(settings.WRITER_THREADS, thread_name_prefix="live")


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` gives, done in one of the live part's threads."""

    def run() -> T:
        try:
            return work(*args, **kwargs)
        except DatabaseError:
            connection.close()
            raise
        finally:
            if not settings.IS_SQLITE:
                # Back into the pool: a thread that waits for work must not hold a connection.
                connection.close()

    return await asyncio.get_running_loop().run_in_executor(_readers, run)
