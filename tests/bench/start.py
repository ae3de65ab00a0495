"""`./run bench start`: seconds from ./run to the first page, with packages installed: a new data folder, then again."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from stack.services import free_port
from tests.bench.figures import Goal, report
from tests.stack.servers import ROOT, answers, plain_environment


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "var"
        first = seconds_to_first_page(data)
        again = min(seconds_to_first_page(data) for _ in range(3))
    table = [
        ["start", "seconds"],
        ["new data folder, demo included", f"{first:.2f}"],
        ["again, best of 3", f"{again:.2f}"],
    ]
    report("start", table=table, goals=[Goal("second-start-s", round(again, 2), 2.5)])


def seconds_to_first_page(data: Path) -> float:
    env = plain_environment(data, {"PORT": str(free_port()), "DEMO": "1"})
    started = time.monotonic()
    process = subprocess.Popen(["./run"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        while not answers(f"http://127.0.0.1:{env['PORT']}/"):
            assert process.poll() is None, "the server ended"
            time.sleep(0.02)
        return time.monotonic() - started
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


if __name__ == "__main__":
    os.umask(0o077)
    main()
