"""What `docker-compose.yml` and the `Dockerfile` promise about production."""

import re
from typing import Any

import pytest
import yaml

from devstack.postgres import COMMON, LASTING
from devstack.process import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = ("web", "worker", "long-worker", "scheduler", "migrate")


def test_it_runs_every_part_of_the_shop() -> None:
    assert set(SERVICES) == {*OURS, "postgres", "redis", "cache", "meilisearch"}


def test_only_the_web_port_is_published_and_only_to_loopback() -> None:
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["${WEB_ADDRESS:-127.0.0.1:8000}:8000"]
    }
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert {name for name, service in SERVICES.items() if "front" in service["networks"]} == set(OURS)


@pytest.mark.parametrize("name", ["postgres", "redis", "cache", "meilisearch"])
def test_servers_are_watched_and_started_again(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize(
    ("name", "process"), [("worker", "worker"), ("long-worker", "worker"), ("scheduler", "scheduler")]
)
def test_who_serves_no_port_is_asked_for_a_sign_of_life(name: str, process: str) -> None:
    watched = SERVICES[name]["healthcheck"]
    assert watched["test"] == ["CMD", "flask", "alive", process]
    assert {"interval", "timeout", "retries"} <= set(watched)


def test_the_proxy_in_front_is_believed() -> None:
    assert SERVICES["web"]["environment"]["TRUSTED_PROXIES"] == "${TRUSTED_PROXIES:-1}"


@pytest.mark.parametrize("name", ["postgres", "redis", "meilisearch"])
def test_what_must_last_lies_in_a_named_volume(name: str) -> None:
    (volume,) = SERVICES[name]["volumes"]
    assert volume.split(":")[0] in COMPOSE["volumes"]


def test_the_shop_starts_on_a_migrated_database() -> None:
    for name in ("web", "worker", "long-worker", "scheduler"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert SERVICES[name]["depends_on"]["postgres"] == {"condition": "service_healthy"}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize(
    "name", ["max_wal_size", "work_mem", "maintenance_work_mem", "jit", "checkpoint_timeout", "random_page_cost"]
)
def test_postgresql_plans_as_it_did_where_speed_was_measured(name: str) -> None:
    (measured,) = {setting for setting in (*COMMON, *LASTING) if setting.startswith(f"{name}=")}
    assert f"-c{measured}" in SERVICES["postgres"]["command"]


def test_what_redis_keeps_is_never_evicted_and_the_cache_forgets() -> None:
    assert "--appendonly yes --maxmemory-policy noeviction" in SERVICES["redis"]["command"][-1]
    assert "--maxmemory-policy volatile-ttl" in SERVICES["cache"]["command"][-1]


@pytest.mark.parametrize("secret", ["SECRET_KEY", "APP_URL", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "MEILISEARCH_KEY"])
def test_it_does_not_start_without_its_secrets(secret: str) -> None:
    assert f"${{{secret}:?" in TEXT
    assert f"{secret}=" not in DOCKERFILE


def test_the_image_holds_no_development_door() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE.split("FROM python")[1], re.MULTILINE)
    assert {"storefront", "backoffice", "api", "jobs", "web", "services", "models", "integrations", "domain"} <= set(
        copied
    )
    assert not {"devstack", "tests", "bench", "."} & {word for line in copied for word in line.split()}


def test_both_kinds_of_jobs_have_a_worker() -> None:
    assert {tuple(service["command"]) for service in SERVICES.values() if "work" in service.get("command", [])} == {
        ("flask", "work", "--only", "quick"),
        ("flask", "work", "--only", "long"),
    }


def test_what_the_image_is_made_of_reaches_its_build() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for name in line.split()
    }
    assert copied == let_in
    # A module of ours that is not copied is missed when the shop starts.
    modules = {path.name for path in ROOT.glob("*.py")}
    assert modules <= copied


def test_the_shop_runs_as_nobody_in_particular() -> None:
    assert "\nUSER atelier\n" in DOCKERFILE
    for name in OURS:
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert SERVICES[name]["read_only"] is True
