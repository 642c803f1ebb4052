"""Numbers go on after those that the old shop gave."""

from models.catalog import Brand, Criterion, Family, FitmentGroup, Gamme, Product
from models.seo import BrandGammeText, GammeAdvice, GammeInformation, TextSwitch
from models.vehicles import Make, VehicleModel, VehicleType
from services.legacy.writing import go_on_numbering


def go_on_after_import() -> None:
    """Let new families, parts, vehicles… take the numbers after the imported ones."""
    go_on_numbering(BrandGammeText, GammeAdvice, GammeInformation, TextSwitch)
    go_on_numbering(Family, Gamme, Brand, Criterion, FitmentGroup, Product, Make, VehicleModel, VehicleType)
