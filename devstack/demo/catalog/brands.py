"""Makers of parts: real names, part numbers invented in the shape of theirs."""

from dataclasses import dataclass
from functools import cache

from domain.slugs import slugify


@dataclass(frozen=True)
class Brand:
    """A maker of parts; `patterns` are the shapes of its numbers, by gamme or family alias, "" for the others."""

    key: str
    id: int
    name: str
    country: str
    is_oes: bool
    stars: int
    is_top: bool
    position: int
    patterns: dict[str, str]

    @property
    def alias(self) -> str:
        """The name as it stands in addresses."""
        return slugify(self.name)


# key | id | name | country | O(ES) or A(ftermarket), * among the first | stars | shapes of numbers:
# # any digit, % not zero, @ a letter; « alias: shape » where one gamme or family has its own.
BRANDS = """
bosch | 730 | Bosch | DE | O* | 6 | 0 986 %## ###; filtres: F 026 40# ###; freinage: 0 986 4## ###;
    electrique: 0 986 0## ###; capteurs: 0 281 00# ###; alimentation: 0 445 1## ###; eclairage: 1 987 30# ###;
    accessoires: 3 397 ### ###
valeo | 1120 | Valeo | FR | O* | 6 | %#####; embrayage: 82####; eclairage: 04####; climatisation: 81####;
    filtres: 58####
mann | 1070 | Mann-Filter | DE | O* | 6 | WK %##/#; filtre-a-huile: W %##/##; filtre-a-air: C %# ###;
    filtre-d-habitacle: CUK %###
mahle | 1450 | Mahle | DE | O* | 6 | KL %##; filtre-a-huile: OX %##D; filtre-a-air: LX %###;
    filtre-d-habitacle: LAK %##; refroidissement: TX ## ##D; radiateur-moteur: CR %### 000S;
    climatisation: AC %## 000S; moteur: 01# %# 00
hengst | 1670 | Hengst | DE | O | 5 | H%##WK; filtre-a-huile: E%##H D%##; filtre-a-air: E%###L;
    filtre-d-habitacle: E%###LC
febi | 1780 | Febi Bilstein | DE | A* | 4 | %####; moteur: 1#####
champion | 1090 | Champion | US | O | 4 | @C##YCC; filtres: @OF%#####; balai-d-essuie-glace: ER%##
brembo | 20 | Brembo | IT | O* | 6 | P %# ###; disque-de-frein: 09.@%##.1#; tambour-de-frein: 14.%###.10;
    etrier-de-frein: F %# ###; flexible-de-frein: T %# ###; machoires-de-frein: S %# ###
trw | 21 | TRW | DE | O* | 6 | J@@%###; plaquette-de-frein: GDB%###; disque-de-frein: DF%###;
    etrier-de-frein: BHN%###; flexible-de-frein: PHB%##; machoires-de-frein: GS%###;
    kit-de-freins-arriere: GSK%###; freinage: P@@%###
ate | 22 | ATE | DE | O* | 6 | 24.%###-##%#.#; plaquette-de-frein: 13.046#-%###.2; disque-de-frein: 24.01##-0%##.1;
    flexible-de-frein: 24.5###-0%##.3; capteurs: 24.0711-%###.3
ferodo | 23 | Ferodo | GB | O* | 5 | F@@%###; plaquette-de-frein: FDB%###; disque-de-frein: DDF%###;
    machoires-de-frein: FSB%##; flexible-de-frein: FHY%###
textar | 24 | Textar | DE | O | 5 | 9%####00; plaquette-de-frein: 2%###01; disque-de-frein: 92%#####
zimmermann | 25 | Zimmermann | DE | A | 4 | %##.%###.20; plaquette-de-frein: 2%###.1##.1
bendix | 26 | Bendix | FR | A | 3 | 57####B; disque-de-frein: 56####B; machoires-de-frein: 36####B
nk | 27 | NK | DK | A | 3 | %#####; plaquette-de-frein: 22%###; disque-de-frein: 20%###
budweg | 28 | Budweg Caliper | DK | A | 4 | 34%###
metelli | 29 | Metelli | IT | A | 3 | ##-0%##; plaquette-de-frein: 22-0%##-0; disque-de-frein: 23-%###C
luk | 30 | LuK | DE | O* | 6 | 51# 0%## 10; kit-d-embrayage: 62# %### 00; volant-moteur: 415 0%## 10
sachs | 31 | Sachs | DE | O* | 6 | 31%# ###; embrayage: 3000 %## ###; volant-moteur: 2294 %## ###
exedy | 32 | Exedy | JP | O | 4 | @@@2%##
aisin | 33 | Aisin | JP | O | 4 | @@-%##; kit-d-embrayage: KE-@@%##
fte | 34 | FTE | DE | O | 4 | KG%####.#.#
purflux | 40 | Purflux | FR | O* | 5 | FCS%##; filtre-a-huile: LS%##; filtre-a-air: A%###;
    filtre-d-habitacle: AHC%##
knecht | 41 | Knecht | DE | O | 5 | KL %##D; filtre-a-huile: OC %##; filtre-a-air: LX %###;
    filtre-d-habitacle: LA %##
ufi | 42 | UFI | IT | O | 4 | %#.%##.00
mecafilter | 43 | Mecafilter | FR | A | 3 | EL@%###
fram | 44 | Fram | US | A | 3 | CA%####; filtre-a-huile: PH%####; filtre-a-carburant: PS%####
ngk | 50 | NGK | JP | O* | 6 | %####; bougie-d-allumage: @@R%@-1#@; bougie-de-prechauffage: CY%#;
    capteurs: OZA%##-EE##
beru | 51 | Beru | DE | O* | 6 | 0 %## ### ###; bougie-d-allumage: Z%##; bobine-d-allumage: ZS%##;
    bougie-de-prechauffage: GN%##; faisceau-d-allumage: ZEF%###; boitier-de-prechauffage: GSE%##
denso | 52 | Denso | JP | O* | 6 | D@@%####; bougie-d-allumage: @K%#@R-U11; compresseur-de-climatisation: DCP%####;
    radiateur-moteur: DRM%####; condenseur-de-climatisation: DCN%####; capteurs: DOX-%###;
    bougie-de-prechauffage: DG-%##
delphi | 53 | Delphi | GB | O* | 5 | %####-1##1; plaquette-de-frein: LP%###; disque-de-frein: BG%###;
    direction: TA%###; amortisseur-suspension: TC%###; filtres: HDF%##; capteurs: SS1%###;
    prechauffage-allumage: GN1%###
marelli | 54 | Magneti Marelli | IT | O | 4 | 06%#########; eclairage: 7128%#######; electrique: 06354%######
hella | 55 | Hella | DE | O* | 6 | 8%@ 0## %##-##1; freinage: 8DB 355 0%#-##1; eclairage: 1E@ 0## %##-0#1;
    ampoule-feu-avant: 8G@ 00# %##-##1; refroidissement: 8MK 376 %##-##1; capteurs: 6PU 00# %##-##1
osram | 56 | Osram | DE | O* | 5 | 64%##; eclairage: %###@@@-0#@
philips | 57 | Philips | NL | O | 5 | 1%###PRC1
vdo | 58 | VDO | DE | O | 5 | A2C%#######; capteurs: S11%####
pierburg | 59 | Pierburg | DE | O | 5 | 7.%####.##.0
hitachi | 60 | Hitachi | JP | O | 4 | 13%###; filtres: 250%###
skf | 70 | SKF | SE | O* | 6 | VK@@ %####; roulement-de-roue: VKBA %###; kit-de-distribution: VKMA 0%###;
    kit-de-distribution-avec-pompe-a-eau: VKMC 0%###-#; pompe-a-eau: VKPC %####; cardan: VKJC %###
fag | 71 | FAG | DE | O | 6 | 8%# 0### 10; roulement-de-roue: 713 6%## %#0
ina | 72 | INA | DE | O* | 6 | 53# 0%## 10; kit-de-distribution: 530 0%## 10; pompe-a-eau: 538 0%## 10;
    poulie-d-alternateur: 535 0%## 10
snr | 73 | SNR | FR | O | 5 | R1%#.##; kit-de-distribution: KD4%#.##; courroie-galet-poulie: GA3%#.##;
    amortisseur-suspension: KB6%#.##
gates | 74 | Gates | US | O* | 5 | %#-%####; kit-de-distribution: K0%####XS;
    kit-de-distribution-avec-pompe-a-eau: KP%####XS; courroie-d-accessoire: %PK%###; pompe-a-eau: WP0%##;
    refroidissement: 05-%###; galet-tendeur: T3%###
dayco | 75 | Dayco | IT | O | 5 | AP@%###; kit-de-distribution: KTB%##;
    kit-de-distribution-avec-pompe-a-eau: KTBWP%###; courroie-d-accessoire: %PK%###; pompe-a-eau: DP%##
contitech | 76 | ContiTech | DE | O | 5 | CT%###; kit-de-distribution: CT%###K1;
    kit-de-distribution-avec-pompe-a-eau: CT%###WP1; courroie-d-accessoire: %PK%###
hutchinson | 77 | Hutchinson | FR | O | 4 | %#####; kit-de-distribution: KH %##;
    kit-de-distribution-avec-pompe-a-eau: KHP %##
monroe | 80 | Monroe | BE | O* | 5 | G%###; ressort-de-suspension: SP%###; amortisseur-suspension: L%####
kyb | 81 | KYB | JP | O* | 5 | 33%###; ressort-de-suspension: RA%###; amortisseur-suspension: SM%###
bilstein | 82 | Bilstein | DE | O* | 6 | 22-%#####; ressort-de-suspension: 36-%#####
lemforder | 83 | Lemförder | DE | O* | 6 | %#### 01
meyle | 84 | Meyle | DE | A* | 4 | %#6-%## %###
moog | 85 | Moog | US | A | 4 | @@-@@-%####
sidem | 86 | Sidem | BE | A | 4 | %#####
sasic | 87 | Sasic | FR | A | 3 | 77%#####; moteur: 33%####
corteco | 88 | Corteco | DE | O | 4 | 80%#####; moteur: 12%#####@
optimal | 89 | Optimal | DE | A | 3 | G%-%###
elring | 90 | Elring | DE | O* | 6 | %##.%##
reinz | 91 | Victor Reinz | DE | O | 5 | %#-%####-00
ajusa | 92 | Ajusa | ES | A | 4 | 1%######
payen | 93 | Payen | GB | A | 4 | A@%###
kolbenschmidt | 94 | Kolbenschmidt | DE | O | 5 | 50%#####
ae | 95 | AE | GB | A | 4 | V9%###
walker | 100 | Walker | BE | O* | 5 | %####
bosal | 101 | Bosal | BE | O | 4 | %##-%##
klarius | 102 | Klarius | GB | A | 3 | 31%####
eberspacher | 103 | Eberspächer | DE | O | 5 | %#.%##.##
bm | 104 | BM Catalysts | GB | A | 4 | BM%####H
nissens | 110 | Nissens | DK | A* | 4 | %####; compresseur-de-climatisation: 89%##;
    condenseur-de-climatisation: 94%###
nrf | 111 | NRF | NL | A | 4 | %####; compresseur-de-climatisation: 32%###
ava | 112 | AVA Quality Cooling | NL | A | 3 | @@@%###
thermotec | 113 | Thermotec | PL | A | 2 | D7@%##TT
vernet | 114 | Vernet | FR | O | 4 | TH%###.##J
wahler | 115 | Wahler | DE | O | 5 | 4%##.##D
dolz | 116 | Dolz | ES | A | 4 | @%##
graf | 117 | Graf | IT | A | 4 | PA%###
hepu | 118 | Hepu | DE | A | 4 | P%###
garrett | 120 | Garrett | US | O* | 6 | %#####-500#S
borgwarner | 121 | BorgWarner | US | O | 6 | 5%## 988 ####
melett | 122 | Melett | GB | A | 3 | 1102-0##-%##
turbo3k | 123 | 3K | DE | O | 5 | 5%## 970 ####
gsp | 130 | GSP | CN | A | 3 | 2%####
spidan | 131 | Spidan | DE | O | 4 | 0.0%####
lobro | 132 | Löbro | DE | O | 5 | 30%###
blueprint | 140 | Blue Print | GB | A | 3 | AD@%#####
japanparts | 141 | Japanparts | IT | A | 3 | @@-%##@
topran | 144 | Topran | DE | A | 2 | %## %##
vaico | 145 | Vaico | DE | A | 3 | V%#-%###
metzger | 146 | Metzger | DE | A | 3 | 2%#####
triscan | 147 | Triscan | DK | A | 3 | 8%## %####
era | 148 | ERA | IT | A | 3 | 55%###
facet | 149 | Facet | IT | A | 3 | 10.%###
lucas | 150 | Lucas | GB | A | 3 | L@@%###
meatdoria | 151 | Meat & Doria | IT | A | 3 | %####
cofle | 152 | Cofle | IT | A | 3 | 1%.%###
varta | 160 | Varta | DE | O* | 6 | 5%# %## 0## 313#
exide | 161 | Exide | FR | O | 5 | EA%##; batterie: @%##@
yuasa | 162 | Yuasa | JP | O | 5 | YBX%###
tyc | 170 | TYC | TW | A | 3 | %#-%###-05-2
depo | 171 | Depo | TW | A | 3 | %##-%###L-@@
alkar | 172 | Alkar | ES | A | 3 | 6%#####
vanwezel | 173 | Van Wezel | BE | A | 3 | %##8%##
swf | 174 | SWF | DE | O | 5 | 11%###
stabilus | 175 | Stabilus | DE | O | 5 | 0%##@@
brink | 176 | Brink | NL | A | 4 | %#####
trico | 177 | Trico | US | A | 4 | EX%##
castrol | 180 | Castrol | GB | O | 5 | 15@%##
motul | 181 | Motul | FR | A* | 5 | 10%###
liquimoly | 182 | Liqui Moly | DE | A | 5 | 2%###
elf | 183 | Elf | FR | O | 4 | 2%####
"""

COUNTRIES = {
    "BE": "belge",
    "CN": "chinoise",
    "DE": "allemande",
    "DK": "danoise",
    "ES": "espagnole",
    "FR": "française",
    "GB": "britannique",
    "IT": "italienne",
    "JP": "japonaise",
    "NL": "néerlandaise",
    "PL": "polonaise",
    "SE": "suédoise",
    "TW": "taïwanaise",
    "US": "américaine",
}


@cache
def brands() -> dict[str, Brand]:
    """Return every brand by its key."""
    lines = BRANDS.strip("\n").replace("\n    ", " ").splitlines()
    found = (_read(line, position) for position, line in enumerate(lines, 1))
    return {brand.key: brand for brand in found}


def _read(line: str, position: int) -> Brand:
    key, number, name, country, tier, stars, shapes = (field.strip() for field in line.split("|"))
    patterns = {}
    for shape in shapes.split(";"):
        alias, colon, pattern = shape.strip().partition(": ")
        patterns[alias if colon else ""] = pattern if colon else alias
    return Brand(
        key=key,
        id=int(number),
        name=name,
        country=country,
        is_oes=tier.startswith("O"),
        stars=int(stars),
        is_top=tier.endswith("*"),
        position=position,
        patterns=patterns,
    )
