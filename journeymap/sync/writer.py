"""The queue in front of the write path: one writer per document and process, which commits in groups.

What has come in while a transaction ran goes into the next one. SQLite has one writer for everything, PostgreSQL
one per document. Waiting for a writer from inside `atomic()` would deadlock on SQLite: such code runs inline.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, connections

from journeymap.core.errors import Problem, Unavailable
from journeymap.sync.changes import Outcome, Request, commit

MOST_IN_ONE_TRANSACTION = 50
PATIENCE = 60.0
Waiting = tuple[UUID, Request, "Future[Outcome]"]


class Writer:
    """Hands changes to the write path, those of one document in the order in which they came."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(settings.WRITER_THREADS, thread_name_prefix="writer")
        self._lock = threading.Lock()
        self._lanes: dict[UUID | None, deque[Waiting]] = {}

    def enqueue(self, document_id: UUID, request: Request) -> Future[Outcome]:
        """The future outcome of a change; a Problem is its exception."""
        future: Future[Outcome] = Future()
        lane = None if settings.IS_SQLITE else document_id
        with self._lock:
            queue = self._lanes.get(lane)
            if queue is not None:
                queue.append((document_id, request, future))
                return future
            self._lanes[lane] = deque([(document_id, request, future)])
        self._executor.submit(self._drain, lane)
        return future

    def _drain(self, lane: UUID | None) -> None:
        try:
            while batch := self._next(lane):
                _write(batch)
        finally:
            if not settings.IS_SQLITE:
                connections.close_all()

    def _next(self, lane: UUID | None) -> list[Waiting]:
        with self._lock:
            queue = self._lanes[lane]
            if not queue:
                del self._lanes[lane]
                return []
            document_id = queue[0][0]
            batch: list[Waiting] = []
            while queue and queue[0][0] == document_id and len(batch) < MOST_IN_ONE_TRANSACTION:
                batch.append(queue.popleft())
            return batch


def _write(batch: Sequence[Waiting]) -> None:
    try:
        results = commit(batch[0][0], [request for _, request, _ in batch])
    except Exception as error:  # noqa: BLE001 - every waiting caller must hear of it
        if isinstance(error, DatabaseError):
            connection.close()
        for _, _, future in batch:
            future.set_exception(error)
        return
    for (_, _, future), result in zip(batch, results, strict=True):
        if isinstance(result, Problem):
            future.set_exception(result)
        else:
            future.set_result(result)


_writer: Writer | None = None
_making = threading.Lock()


def writer() -> Writer:
    """This process's writer, made when it is first needed."""
    global _writer  # noqa: PLW0603 - one per process, and forks make their own
    with _making:
        if _writer is None:
            _writer = Writer()
        return _writer


def apply(document_id: UUID, request: Request) -> Outcome:
    """Apply one change and wait for it to be durable; raises its Problem if it is refused."""
    if connection.in_atomic_block:
        result = commit(document_id, [request])[0]
        if isinstance(result, Problem):
            raise result
        return result
    try:
        return writer().enqueue(document_id, request).result(PATIENCE)
    except TimeoutError:
        raise Unavailable("The change could not be written in time; send it again with the same key.") from None
