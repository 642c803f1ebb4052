"""Which gammes belong to one repair: what a workshop orders together."""

from collections.abc import Iterator

from devstack.demo.catalog.gammes import FAMILIES

# Each line is one repair: what is replaced together, in the order in which one thinks of it; after the bar, what is
# worth a look meanwhile.
_REPAIRS = """
disque-de-frein plaquette-de-frein liquide-de-frein | temoin-d-usure etrier-de-frein flexible-de-frein
plaquette-de-frein disque-de-frein temoin-d-usure accessoires-de-plaquettes \
| liquide-de-frein kit-de-reparation-d-etrier
machoires-de-frein tambour-de-frein cylindre-de-roue | kit-de-freins-arriere cable-de-frein-a-main liquide-de-frein
etrier-de-frein plaquette-de-frein flexible-de-frein liquide-de-frein | disque-de-frein
maitre-cylindre-de-frein liquide-de-frein | servo-frein flexible-de-frein
filtre-a-huile huile-moteur bouchon-de-vidange | filtre-a-air filtre-d-habitacle filtre-a-carburant
huile-moteur filtre-a-huile bouchon-de-vidange | filtre-a-air filtre-d-habitacle
filtre-a-air filtre-d-habitacle filtre-a-huile | filtre-a-carburant bougie-d-allumage debitmetre-d-air
filtre-a-carburant filtre-a-air filtre-a-huile | injecteur joint-d-injecteur
filtre-d-habitacle filtre-a-air | balai-d-essuie-glace pulseur-d-air-d-habitacle
kit-de-distribution pompe-a-eau courroie-d-accessoire liquide-de-refroidissement \
| kit-de-courroie-d-accessoire thermostat
kit-de-distribution-avec-pompe-a-eau liquide-de-refroidissement courroie-d-accessoire | kit-de-courroie-d-accessoire
courroie-d-accessoire galet-tendeur-de-courroie-d-accessoire galet-enrouleur-de-courroie-d-accessoire \
| poulie-de-vilebrequin alternateur
pompe-a-eau liquide-de-refroidissement thermostat | kit-de-distribution durite-de-refroidissement
bougie-d-allumage bobine-d-allumage faisceau-d-allumage | filtre-a-air sonde-lambda
bougie-de-prechauffage boitier-de-prechauffage | joint-d-injecteur batterie
rotule-de-direction rotule-de-direction-interieure soufflet-de-direction | barre-de-direction cremaillere-de-direction
amortisseur coupelle-d-amortisseur butee-et-soufflet-d-amortisseur \
| ressort-de-suspension biellette-de-barre-stabilisatrice
ressort-de-suspension amortisseur coupelle-d-amortisseur | butee-et-soufflet-d-amortisseur
bras-de-suspension rotule-de-suspension biellette-de-barre-stabilisatrice \
| silentbloc-de-bras-de-suspension rotule-de-direction
biellette-de-barre-stabilisatrice silentbloc-de-barre-stabilisatrice | amortisseur bras-de-suspension
roulement-de-roue moyeu-de-roue vis-de-roue | capteur-abs disque-de-frein
kit-d-embrayage volant-moteur butee-hydraulique-d-embrayage huile-de-boite-de-vitesses \
| emetteur-d-embrayage recepteur-d-embrayage
volant-moteur kit-d-embrayage | joint-spi-de-vilebrequin
cardan soufflet-de-cardan huile-de-boite-de-vitesses | tete-de-cardan rotule-de-suspension
alternateur courroie-d-accessoire batterie | regulateur-d-alternateur poulie-d-alternateur
demarreur batterie | contacteur-de-demarrage
batterie alternateur | demarreur
vanne-egr filtre-a-air debitmetre-d-air | capteur-de-pression-de-suralimentation collecteur-d-admission
injecteur joint-d-injecteur filtre-a-carburant | pompe-haute-pression
joint-de-culasse pochette-de-joints-de-culasse vis-de-culasse liquide-de-refroidissement \
| kit-de-distribution thermostat
radiateur-moteur liquide-de-refroidissement durite-de-refroidissement | thermostat ventilateur-de-refroidissement
thermostat liquide-de-refroidissement | pompe-a-eau capteur-de-temperature-d-eau
compresseur-de-climatisation bouteille-deshydratante detendeur-de-climatisation | condenseur-de-climatisation
condenseur-de-climatisation bouteille-deshydratante | compresseur-de-climatisation
pulseur-d-air-d-habitacle resistance-de-pulseur filtre-d-habitacle |
silencieux-arriere silencieux-intermediaire collier-d-echappement | silentbloc-d-echappement joint-d-echappement
catalyseur joint-d-echappement sonde-lambda | collier-d-echappement
filtre-a-particules capteur-de-pression-differentielle joint-d-echappement | capteur-de-temperature-des-gaz
phare-avant ampoule-feu-avant | clignotant feu-antibrouillard
feu-arriere ampoule-de-feux-et-clignotants | feu-de-plaque
balai-d-essuie-glace balai-d-essuie-glace-arriere liquide-lave-glace | pompe-de-lave-glace filtre-d-habitacle
retroviseur-exterieur glace-de-retroviseur | ampoule-de-feux-et-clignotants
turbocompresseur kit-de-joints-de-turbo conduite-d-huile-de-turbo filtre-a-huile huile-moteur \
| durite-de-turbo filtre-a-air
"""


def gamme_links() -> Iterator[tuple[int, int, int, int]]:
    """Yield (gamme, other, level, position): level 1 is replaced with it, level 2 worth a look."""
    ids = {gamme.alias: gamme.id for family in FAMILIES for gamme in family.gammes}
    for repair in filter(None, _REPAIRS.splitlines()):
        together, _bar, meanwhile = repair.partition("|")
        first, *others = together.split()
        for level, aliases in ((1, others), (2, meanwhile.split())):
            for position, alias in enumerate(aliases, 1):
                yield ids[first], ids[alias], level, position
