"""What can be measured or named on a part."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """A trait of parts: its number, name and unit, and whether lists can be filtered by it."""

    id: int
    name: str
    unit: str = ""
    is_filter: bool = False


CRITERIA = {
    "diametre": Criterion(1, "Diamètre", "mm", is_filter=True),
    "epaisseur": Criterion(2, "Épaisseur", "mm"),
    "largeur": Criterion(3, "Largeur", "mm"),
    "hauteur": Criterion(4, "Hauteur", "mm"),
    "longueur": Criterion(5, "Longueur", "mm", is_filter=True),
    "diametre-interieur": Criterion(6, "Diamètre intérieur", "mm"),
    "diametre-exterieur": Criterion(7, "Diamètre extérieur", "mm"),
    "trous": Criterion(8, "Nombre de trous"),
    "type-disque": Criterion(9, "Type de disque", is_filter=True),
    "epaisseur-mini": Criterion(10, "Épaisseur minimale", "mm"),
    "systeme-freinage": Criterion(11, "Système de freinage", is_filter=True),
    "contact-usure": Criterion(12, "Témoin d'usure", is_filter=True),
    "homologation": Criterion(13, "Homologation"),
    "filetage": Criterion(14, "Filetage"),
    "tension": Criterion(15, "Tension", "V"),
    "intensite": Criterion(16, "Intensité", "A", is_filter=True),
    "puissance": Criterion(17, "Puissance", "kW", is_filter=True),
    "puissance-watts": Criterion(18, "Puissance", "W", is_filter=True),
    "capacite": Criterion(19, "Capacité", "Ah", is_filter=True),
    "demarrage": Criterion(20, "Courant de démarrage", "A"),
    "dents": Criterion(21, "Nombre de dents"),
    "nervures": Criterion(22, "Nombre de nervures"),
    "cannelures": Criterion(23, "Nombre de cannelures"),
    "montage": Criterion(24, "Montage", is_filter=True),
    "type-filtre": Criterion(25, "Exécution du filtre", is_filter=True),
    "poles": Criterion(26, "Nombre de pôles"),
    "resistance": Criterion(27, "Résistance", "Ω"),
    "ecartement": Criterion(28, "Écartement des électrodes", "mm"),
    "electrode": Criterion(29, "Électrode", is_filter=True),
    "cle": Criterion(30, "Ouverture de clé", "mm"),
    "type-amortisseur": Criterion(31, "Type d'amortisseur", is_filter=True),
    "fil": Criterion(32, "Diamètre du fil", "mm"),
    "matiere": Criterion(33, "Matière"),
    "filets": Criterion(34, "Taille du cône", "mm"),
    "temperature": Criterion(35, "Température d'ouverture", "°C", is_filter=True),
    "longueur-cable": Criterion(36, "Longueur du câble", "mm"),
    "pression": Criterion(37, "Pression", "bar"),
    "debit": Criterion(38, "Débit", "l/h"),
    "couple": Criterion(39, "Sens de rotation"),
    "fluide": Criterion(40, "Réfrigérant", is_filter=True),
    "poulie": Criterion(41, "Diamètre de la poulie", "mm"),
    "norme": Criterion(42, "Norme antipollution", is_filter=True),
    "type-ampoule": Criterion(43, "Type d'ampoule", is_filter=True),
    "culot": Criterion(44, "Culot", is_filter=True),
    "technologie": Criterion(45, "Technologie", is_filter=True),
    "viscosite": Criterion(46, "Viscosité", is_filter=True),
    "norme-huile": Criterion(47, "Spécification", is_filter=True),
    "contenance": Criterion(48, "Contenance", "l", is_filter=True),
    "couleur": Criterion(49, "Couleur", is_filter=True),
    "commande": Criterion(50, "Commande", is_filter=True),
    "force": Criterion(51, "Force", "N"),
    "course": Criterion(52, "Course", "mm"),
    "contenu": Criterion(53, "Contenu"),
    "position-borne": Criterion(54, "Borne positive", is_filter=True),
    "charge": Criterion(55, "Charge remorquée", "kg"),
    "connexion": Criterion(56, "Forme du connecteur"),
    "point-ebullition": Criterion(57, "Point d'ébullition à sec", "°C"),
    "execution": Criterion(59, "Exécution", is_filter=True),
    "attache": Criterion(58, "Attache", is_filter=True),
}
