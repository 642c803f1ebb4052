"""The description holds together and can be read by people (tests/house_rules compares it with the routes)."""

import re


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
