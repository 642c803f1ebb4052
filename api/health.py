"""Is the shop well: for probes and for whoever runs it; states and times, nothing about the inside."""

from datetime import UTC, datetime

from flask import Blueprint
from pydantic import BaseModel, Field
from spectree import Response

from api.contract import contract
from services.health import Health, State, check_health, check_readiness

bp = Blueprint("health", __name__)
STARTED_AT = datetime.now(UTC)
Headers = dict[str, str]


class PartReport(BaseModel):
    """How one part is."""

    state: State
    latency_ms: float = Field(description="Le temps de sa réponse, en millisecondes.")


class HealthReport(BaseModel):
    """How the shop is: `degraded` still serves, `down` does not."""

    status: State
    timestamp: datetime
    uptime: float = Field(description="Secondes depuis le démarrage de ce processus.")
    parts: dict[str, PartReport]
    index_lag_seconds: float | None = Field(
        description="L'âge, en secondes, du plus ancien changement de produit que la recherche ignore ; null : inconnu."
    )

    @classmethod
    def of(cls, health: Health) -> "HealthReport":
        """Return what is told of `health`."""
        now = datetime.now(UTC)
        return cls(
            status=health.state,
            timestamp=now,
            uptime=round((now - STARTED_AT).total_seconds(), 1),
            parts={
                name: PartReport(state=part.state, latency_ms=part.latency_ms) for name, part in health.parts.items()
            },
            index_lag_seconds=health.index_lag_seconds,
        )


described = contract.validate(resp=Response(HTTP_200=HealthReport, HTTP_503=HealthReport), tags=["Santé"])


@bp.get("/health")
@described
def show() -> tuple[HealthReport, int, Headers]:
    """Dire l'état de chaque partie ; 503 sans base de données, Redis ou file de tâches."""
    return _answer(check_health())


@bp.get("/health/ready")
@described
def ready() -> tuple[HealthReport, int, Headers]:
    """Dire si ce processus peut servir ; 503 sans base de données."""
    return _answer(check_readiness())


def _answer(health: Health) -> tuple[HealthReport, int, Headers]:
    status = 503 if health.state == State.DOWN else 200
    return HealthReport.of(health), status, {"Cache-Control": "no-store"}
