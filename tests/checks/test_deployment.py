"""The container files say what the application understands, and nothing unsafe by default."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
SECRETS = {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "SECRET_KEY"}
READS = re.compile(r'env\.(?:text|flag|whole|words|address)\(\s*"([A-Z_]+)"')


def variables_read() -> set[str]:
    """Every variable that the application reads through core.env."""
    sources = (file for app in ("journeymap", "maps", "personas", "exports") for file in (ROOT / app).rglob("*.py"))
    return {name for source in sources for name in READS.findall(source.read_text(encoding="utf-8"))}


def substitutions() -> dict[str, str]:
    """Variable → what follows its name in ${…}: a default, or an error."""
    return dict(re.findall(r"\$\{([A-Z_]+)([^}]*)\}", COMPOSE_TEXT))


def test_the_stack_has_every_part_it_needs() -> None:
    assert set(COMPOSE["services"]) == {"prepare", "web", "worker", "postgres", "redis"}
    assert set(COMPOSE["volumes"]) == {"data", "postgres", "redis"}


@pytest.mark.parametrize("service", ["worker", "postgres", "redis"])
def test_each_service_tells_whether_it_is_healthy(service: str) -> None:
    assert COMPOSE["services"][service]["healthcheck"]["test"]


def test_the_web_service_is_checked_by_its_image() -> None:
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "healthcheck" not in COMPOSE["services"]["web"]


def test_no_secret_has_a_default() -> None:
    for name in SECRETS:
        assert substitutions()[name].startswith(":?"), f"{name} must be required, not defaulted"


def test_web_and_worker_wait_for_the_database_to_be_prepared() -> None:
    for service in ("web", "worker"):
        assert COMPOSE["services"][service]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"


def test_compose_sets_only_what_the_application_reads() -> None:
    assert set(COMPOSE["x-journeymap"]["environment"]) <= variables_read()


def test_the_example_environment_names_every_variable_of_compose() -> None:
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(substitutions()) - {"ALLOWED_HOSTS", "LOG_LEVEL"} <= named


def test_the_example_environment_carries_no_secret() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert all(f"\n{name}=\n" in text for name in SECRETS)


def test_the_readme_explains_every_variable() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    unexplained = sorted(name for name in variables_read() if f"`{name}`" not in readme)
    assert not unexplained, f"Add a row to the README's table of settings: {unexplained}"


def test_the_image_holds_every_app_and_runs_as_an_ordinary_user() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    for name in ("journeymap", "personas", "maps", "exports", "templates", "static"):
        assert f"COPY {name} {name}" in text, f"the image lacks {name}/"
        assert f"!{name}\n" in allowed, f".dockerignore keeps {name}/ out"
    assert "\nUSER journeymap" in text
    assert text.count("FROM ") == 2
