"""The makes: their number in addresses, their place in menus and the group whose part numbers they use."""

from dataclasses import dataclass

from devstack.demo.vehicles.models import (
    ford,
    general_motors,
    german,
    italian,
    japanese,
    others,
    psa,
    renault,
    volkswagen,
)


@dataclass(frozen=True)
class Make:
    """A make and the table of its models; `code` stands in its registration codes."""

    id: int
    name: str
    maker: str
    code: str
    models: str
    is_top: bool = False
    is_displayed: bool = True


# A number, once given, stays: addresses carry it. New makes are added at the end.
MAKES = (
    Make(1, "Renault", "renault", "REN", renault.RENAULT, is_top=True),
    Make(2, "Peugeot", "psa", "PEU", psa.PEUGEOT, is_top=True),
    Make(3, "Citroën", "psa", "CIT", psa.CITROEN, is_top=True),
    Make(4, "Volkswagen", "volkswagen", "VWG", volkswagen.VOLKSWAGEN, is_top=True),
    Make(5, "Audi", "volkswagen", "AUD", volkswagen.AUDI, is_top=True),
    Make(6, "BMW", "bmw", "BMW", german.BMW, is_top=True),
    Make(7, "Mercedes-Benz", "mercedes", "MCD", german.MERCEDES_BENZ, is_top=True),
    Make(8, "Opel", "opel", "OPE", general_motors.OPEL, is_top=True),
    Make(9, "Ford", "ford", "FOR", ford.FORD, is_top=True),
    Make(10, "Fiat", "fiat", "FIA", italian.FIAT, is_top=True),
    Make(11, "Dacia", "renault", "DAC", renault.DACIA),
    Make(12, "Toyota", "toyota", "TOY", japanese.TOYOTA),
    Make(13, "Nissan", "nissan", "NIS", japanese.NISSAN),
    Make(14, "Seat", "volkswagen", "SEA", volkswagen.SEAT),
    Make(15, "Skoda", "volkswagen", "SKO", volkswagen.SKODA),
    Make(16, "Mini", "bmw", "MNI", german.MINI),
    Make(17, "Smart", "mercedes", "SMT", german.SMART),
    Make(18, "Alfa Romeo", "alfa-romeo", "ALF", italian.ALFA_ROMEO),
    Make(19, "Lancia", "fiat", "LAN", italian.LANCIA),
    Make(20, "Lexus", "toyota", "LEX", japanese.LEXUS),
    Make(21, "Honda", "honda", "HON", japanese.HONDA),
    Make(22, "Mazda", "mazda", "MAZ", ford.MAZDA),
    Make(23, "Mitsubishi", "mitsubishi", "MIT", japanese.MITSUBISHI),
    Make(24, "Suzuki", "suzuki", "SUZ", japanese.SUZUKI),
    Make(25, "Subaru", "subaru", "SUB", japanese.SUBARU),
    Make(26, "Hyundai", "hyundai", "HYU", others.HYUNDAI),
    Make(27, "Kia", "hyundai", "KIA", others.KIA),
    Make(28, "Volvo", "volvo", "VOL", ford.VOLVO),
    Make(29, "Saab", "saab", "SAA", general_motors.SAAB),
    Make(30, "Land Rover", "land-rover", "LRO", ford.LAND_ROVER),
    Make(31, "Jaguar", "land-rover", "JAG", ford.JAGUAR),
    Make(32, "Jeep", "chrysler", "JEE", italian.JEEP),
    Make(33, "Chrysler", "chrysler", "CHR", italian.CHRYSLER),
    Make(34, "Dodge", "chrysler", "DOD", italian.DODGE),
    Make(35, "Chevrolet", "daewoo", "CHE", general_motors.CHEVROLET),
    Make(36, "Daewoo", "daewoo", "DAE", general_motors.DAEWOO),
    Make(37, "Porsche", "porsche", "POR", german.PORSCHE),
    Make(38, "DS", "psa", "DSA", psa.DS),
    Make(39, "Tesla", "tesla", "TSL", others.TESLA),
    Make(40, "Iveco", "iveco", "IVE", italian.IVECO),
    Make(41, "Infiniti", "nissan", "INF", japanese.INFINITI),
    Make(42, "Daihatsu", "daihatsu", "DAI", japanese.DAIHATSU),
    Make(43, "Isuzu", "isuzu", "ISU", japanese.ISUZU),
    Make(44, "SsangYong", "ssangyong", "SSY", others.SSANGYONG),
    Make(45, "MG", "mg", "MGA", others.MG),
    Make(46, "Rover", "land-rover", "ROV", others.ROVER),
    Make(47, "Cupra", "volkswagen", "CUP", volkswagen.CUPRA),
    Make(48, "Abarth", "fiat", "ABA", italian.ABARTH),
    Make(49, "Lada", "lada", "LAD", others.LADA, is_displayed=False),
)
