"""Runs the Dockerfile's steps in order in empty folders, for machines without a container engine.

    .venv/bin/python -m tests.stack.dockerfile

COPY and RUN happen for real, each stage with a root folder of its own under a temporary one; absolute paths of the
image are moved below it. Steps that would change this machine (apt-get, useradd) are not run; the end says which.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from stack.services import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
IMAGE_PATHS = re.compile(r"(?<![\w./])/(app|tmp/build|data)\b")
CHANGES_THE_MACHINE = ("apt-get", "useradd")


@dataclass
class Stage:
    """One FROM … with its root folder, working folder and environment."""

    root: Path
    workdir: Path
    env: dict[str, str] = field(default_factory=dict)

    def moved(self, text: str) -> str:
        """Absolute paths of the image, below this stage's root."""
        return IMAGE_PATHS.sub(lambda match: str(self.root / match[1]), text)


def main() -> int:
    steps = [line for line in joined_lines() if line and not line.startswith("#")]
    with tempfile.TemporaryDirectory(prefix="journeymap-image-") as folder:
        stages: dict[str, Stage] = {}
        left_out: list[str] = []
        current = Stage(Path(folder), Path(folder))
        for step in steps:
            verb, _, rest = step.partition(" ")
            if verb == "FROM":
                name = rest.split(" AS ")[-1] if " AS " in rest else "final"
                root = Path(folder) / name
                root.mkdir()
                current = stages[name] = Stage(root, root)
                left_out.append(step)
            elif not perform(verb, rest, stage=current, stages=stages):
                left_out.append(step)
        healthy = serve(stages["final"])
    print("\nNot run here:", *(f"  {step}" for step in left_out), sep="\n")
    print(f"\nThe web process {'answers' if healthy else 'DOES NOT ANSWER'} /healthz.")
    return 0 if healthy else 1


def joined_lines() -> list[str]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.strip() for line in text.splitlines()]


def perform(verb: str, rest: str, *, stage: Stage, stages: dict[str, Stage]) -> bool:
    """Do one step; False when it is not done here."""
    if verb == "WORKDIR":
        stage.workdir = Path(stage.moved(rest))
        stage.workdir.mkdir(parents=True, exist_ok=True)
    elif verb == "ENV":
        stage.env |= dict(pair.split("=", 1) for pair in stage.moved(rest).split())
    elif verb == "COPY":
        copy(rest, stage=stage, stages=stages)
    elif verb == "RUN" and not any(word in rest for word in CHANGES_THE_MACHINE):
        run(rest, stage=stage)
    else:
        return False
    return True


def copy(rest: str, *, stage: Stage, stages: dict[str, Stage]) -> None:
    print(f"COPY {rest}", flush=True)
    words = rest.split()
    if words[0].startswith("--from="):
        origin = stages[words[0].removeprefix("--from=")]
        shutil.copytree(Path(origin.moved(words[1])), Path(stage.moved(words[2])), symlinks=True)
        return
    *sources, target = words
    for source in sources:
        if (ROOT / source).is_dir():
            caches = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / source, stage.workdir / target, ignore=caches)
        else:
            shutil.copy(ROOT / source, stage.workdir / Path(source).name)


def run(rest: str, *, stage: Stage) -> None:
    print(f"RUN {rest}", flush=True)
    started = time.monotonic()
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **stage.env}
    env |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    subprocess.run(["sh", "-ec", stage.moved(rest)], cwd=stage.workdir, env=env, check=True)
    print(f"    {time.monotonic() - started:.1f} s", flush=True)


def serve(stage: Stage) -> bool:
    """Start the image's CMD on SQLite and ask its health check."""
    port = str(free_port())
    env = stage.env | {"PORT": port, "HOST": "127.0.0.1", "HOME": str(stage.root)}
    env["PATH"] = f"{stage.env['PATH'].split(':')[0]}:{os.environ['PATH']}"
    python = [str(stage.workdir / ".venv" / "bin" / "python")]
    subprocess.run([*python, "manage.py", "migrate", "--noinput", "-v", "0"], cwd=stage.workdir, env=env, check=True)
    web = subprocess.Popen([*python, "manage.py", "web"], cwd=stage.workdir, env=env)
    try:
        for _ in range(60):
            asked = subprocess.run([*python, "-m", "journeymap.core.healthy"], cwd=stage.workdir, env=env, check=False)
            if asked.returncode == 0:
                return signs_in(port)
            time.sleep(0.5)
        return False
    finally:
        web.terminate()
        web.wait(15)


def signs_in(port: str) -> bool:
    """The sign-in page names hashed static files, so collecting them worked."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=10) as answer:
        page = answer.read().decode()
    linked = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)
    if linked is None:
        return False
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{linked[1]}", timeout=10) as answer:
        return bool(answer.status == 200)


if __name__ == "__main__":
    sys.exit(main())
