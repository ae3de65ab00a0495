"""Which fonts a rendering process sees: the project's own Inter, and whatever the system has."""

from __future__ import annotations

import os
from pathlib import Path

INTER = Path(__file__).resolve().parent.parent / "static" / "fonts" / "print"

# Where several fonts have a script, the one that was drawn to go with the others.
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <alias>
    <family>sans-serif</family>
    <prefer>
      <family>Inter</family>
      <family>Noto Sans</family>
      <family>Noto Sans Arabic</family>
      <family>Noto Sans Hebrew</family>
    </prefer>
  </alias>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def font_config(folder: Path) -> Path:
    """The fontconfig file that says so, written into `folder` if it is not there; for `FONTCONFIG_FILE`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = folder / "fonts.conf"
    words = CONFIG.format(fonts=INTER, cache=folder / "cache")
    if not config.exists() or config.read_text(encoding="utf-8") != words:
        fresh = folder / f"fonts.conf.{os.getpid()}"
        fresh.write_text(words, encoding="utf-8")
        fresh.replace(config)
    return config
