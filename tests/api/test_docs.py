"""The description agrees with the routes and can be read by people."""

import re

from api import SIGNED_BY_THE_BANK

# Described elsewhere, or no operation at all.
UNDESCRIBED = {"api.docs.index", "api.docs.openapi"} | SIGNED_BY_THE_BANK


def _routes(app) -> set[tuple[str, str]]:
    return {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint not in UNDESCRIBED
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_described_and_nothing_else(app, client):
    spec = client.get("/api/openapi.json").json
    described = {(path, method) for path, methods in spec["paths"].items() for method in methods}
    assert described == _routes(app)
    assert spec["openapi"].startswith("3.1")


def test_operations_have_names_of_their_own(client):
    spec = client.get("/api/openapi.json").json
    names = [operation["operationId"] for methods in spec["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere(client):
    answer = client.get("/api/openapi.json")
    known = set(answer.json["components"]["schemas"])
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', answer.text)) <= known


def test_people_can_read_it_without_scripts(client):
    page = client.get("/api/docs")
    assert page.status_code == 200
    assert "/api/payments/init" in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
