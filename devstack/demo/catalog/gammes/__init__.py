"""The nineteen families of the menu, in its order."""

from devstack.demo.catalog.gammes.accessories import ACCESSORIES
from devstack.demo.catalog.gammes.air_conditioning import AIR_CONDITIONING
from devstack.demo.catalog.gammes.braking import BRAKING
from devstack.demo.catalog.gammes.cooling import COOLING
from devstack.demo.catalog.gammes.drivetrain import CLUTCH, MOUNTS, TRANSMISSION
from devstack.demo.catalog.gammes.electrical import ELECTRICAL
from devstack.demo.catalog.gammes.engine import ENGINE
from devstack.demo.catalog.gammes.exhaust import EXHAUST, TURBO_FAMILY
from devstack.demo.catalog.gammes.filters import FILTERS
from devstack.demo.catalog.gammes.fuel import FUEL
from devstack.demo.catalog.gammes.ignition import IGNITION
from devstack.demo.catalog.gammes.lighting import LIGHTING
from devstack.demo.catalog.gammes.sensors import SENSORS
from devstack.demo.catalog.gammes.steering import STEERING
from devstack.demo.catalog.gammes.suspension import SUSPENSION
from devstack.demo.catalog.gammes.timing import TIMING

FAMILIES = (
    FILTERS,
    BRAKING,
    TIMING,
    IGNITION,
    STEERING,
    SUSPENSION,
    MOUNTS,
    CLUTCH,
    TRANSMISSION,
    ELECTRICAL,
    SENSORS,
    FUEL,
    ENGINE,
    COOLING,
    AIR_CONDITIONING,
    EXHAUST,
    LIGHTING,
    ACCESSORIES,
    TURBO_FAMILY,
)
