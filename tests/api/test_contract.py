"""What the description says holds for whatever anybody sends: no faults, no undescribed answers."""

from collections.abc import Callable

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from tests.api.conftest import sign_in
from tests.factories import make_customer, make_product
from tests.factories.keeping import keep

load_all_checks()
NAMES = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
PROMISES = [CHECKS.get_one(name) for name in NAMES]
FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.usefixtures("bank")
@pytest.mark.filterwarnings("default")
def test_whatever_is_sent_is_answered_as_described(app, client):
    customer = make_customer()
    make_product()
    keep()
    headers = {"Authorization": f"Bearer {sign_in(client, customer.email)}"}
    schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json)
    schema.app = app
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 15
    for operation in operations:
        # Signing the caller out or in again would end the token that the others are tried with.
        if operation.path not in ("/logout", "/authenticate", "/register-and-login"):
            _try(operation, headers)
        _try(operation, {})


def _try(operation, headers: dict[str, str]) -> None:
    @FEW
    @given(case=operation.as_strategy())
    def attempt(case: schemathesis.Case) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, checks=PROMISES)

    run: Callable[[], None] = attempt
    run()
