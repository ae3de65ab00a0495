"""Node and the packages of package-lock.json: a checking tool for the browser's part, kept under .venv/."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

from stack.services import Missing

ROOT = Path(__file__).resolve().parent.parent.parent
NODE = ROOT / ".venv" / "node"
# Debian 12 brings 18, which lacks the browser's `crypto` and a clock that tests can turn.
OLDEST = 20
OWN_VERSION = "22.23.3"


def npm_install(*arguments: str, folder: Path) -> None:
    """Run npm quietly in `folder`; `Missing` carries what it said."""
    command = ["npm", *arguments, "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Missing(f"{' '.join(command)} failed:\n{done.stderr.strip()}")


def node_packages() -> None:
    """TypeScript and the libraries' types, as package-lock.json names them."""
    wanted = sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    mark = NODE / "installed"
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    NODE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, NODE / name)
    print("Installing the packages of package-lock.json (once; .venv/node/) ...", flush=True)
    npm_install("ci", folder=NODE)
    mark.write_text(wanted, encoding="utf-8")


def path_with_node() -> str:
    """PATH, led by a node of our own where the system's is too old."""
    path = os.environ["PATH"]
    if system_version() >= OLDEST:
        return path
    package = f"node-{platform.system().lower()}-{'arm64' if platform.machine() in {'arm64', 'aarch64'} else 'x64'}"
    folder = ROOT / ".venv" / "own-node"
    programs = folder / "node_modules" / package / "bin"
    if not (programs / "node").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        print(
            f"This system's node is older than {OLDEST}; installing {OWN_VERSION} (once; .venv/own-node/) ...",
            flush=True,
        )
        npm_install("install", "--no-save", f"{package}@{OWN_VERSION}", folder=folder)
    return f"{programs}{os.pathsep}{path}"


def system_version() -> int:
    """The major version of `node` in PATH; 0 where there is none."""
    if shutil.which("node") is None:
        return 0
    asked = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    return int(asked.stdout.strip().removeprefix("v").split(".")[0])
