"""One server per data folder: an exclusive lock that ends with the process that holds it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO


class AlreadyServed(Exception):
    """Another running server holds this data folder."""


def hold_data(folder: Path) -> IO[str]:
    """Lock `folder` for this process; keep the answer alive as long as the lock is wanted.

    The kernel drops the lock with the process, so a crash leaves nothing to clean up. `AlreadyServed` names the
    process that holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "server.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        pid = file.read().strip() or "unknown"
        file.close()
        raise AlreadyServed(
            f"Another Journeymap server (process {pid}) already works on {folder}. "
            "Stop it first, or give this one its own data: DATA_DIR=elsewhere ./run"
        ) from None
    file.seek(0)
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()
    return file
