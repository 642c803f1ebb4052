"""Filters, timing, ignition, electricity, cooling and what breathes."""

from devstack.demo.texts.kind import Writing

ENGINE = (
    Writing(
        7,
        (
            "Il se change à chaque vidange, jamais une fois sur deux.",
            "Un filtre colmaté laisse passer l'huile sans la nettoyer.",
            "Une huile noire peu après la vidange parle souvent d'un filtre oublié.",
        ),
        (
            "Huilez le joint neuf avant de visser la cartouche.",
            "Remplacez le joint du bouchon de vidange.",
            "Contrôlez le niveau après quelques minutes de marche.",
        ),
        (
            "changer le joint du bouchon de vidange",
            "vérifier s'il s'agit d'une cartouche ou d'un élément",
            "comparer le diamètre du joint",
            "relever la norme d'huile du carnet",
        ),
        (
            "Le filtre retient les particules afin de protéger les paliers du moteur.",
            "Une soupape s'ouvre quand il est colmaté afin que l'huile circule encore.",
        ),
        (
            (
                "Cartouche ou élément",
                "La cartouche se visse entière ; l'élément de papier se loge dans une cloche, avec ses joints. "
                "Regardez ce qui est monté.",
            ),
        ),
    ),
    Writing(
        8,
        (
            "Un moteur qui manque d'air consomme davantage.",
            "Un papier gris et chargé ne laisse plus passer l'air.",
            "Une perte de puissance progressive mérite un regard au filtre.",
        ),
        (
            "Aspirez le boîtier avant de poser le filtre neuf.",
            "Vérifiez que le couvercle ferme sur tout son tour.",
            "Ne soufflez pas un filtre de papier : il se déchire.",
        ),
        (
            "comparer longueur, largeur et hauteur",
            "nettoyer le boîtier avant la pose",
            "contrôler le joint du couvercle",
            "regarder l'état de la durite d'admission",
        ),
        (
            "Le filtre arrête les poussières afin de ménager cylindres et turbo.",
            "Un débitmètre placé derrière mesure l'air afin de doser le carburant.",
        ),
        (
            (
                "Quand le changer",
                "Le carnet d'entretien donne l'intervalle. Routes poussiéreuses et courts trajets l'abrègent.",
            ),
        ),
    ),
    Writing(
        424,
        (
            "Des vitres qui s'embuent facilement trahissent un filtre colmaté.",
            "Une odeur de renfermé à l'aération vient souvent de là.",
            "Un souffle faible à pleine puissance demande un contrôle.",
        ),
        (
            "Respectez la flèche de sens d'air.",
            "Pliez le cadre sans marquer le papier.",
            "Ramassez les feuilles du boîtier avant la pose.",
        ),
        (
            "choisir entre papier et charbon actif",
            "comparer longueur, largeur et hauteur",
            "vérifier le nombre d'éléments",
            "nettoyer le logement avant la pose",
        ),
        (
            "Le filtre arrête pollens et poussières afin d'assainir l'air de la voiture.",
            "Le charbon actif retient une partie des gaz afin de réduire les odeurs.",
        ),
        (
            (
                "Où il se trouve",
                "Derrière la boîte à gants, sous le pare-brise ou côté pédales : la notice de la voiture le dit.",
            ),
        ),
    ),
    Writing(
        307,
        (
            "L'échéance compte en kilomètres et en années : la première atteinte décide.",
            "Une trace d'huile sur la courroie la condamne.",
            "Un bruit de galet annonce la fin du jeu entier.",
        ),
        (
            "Calez le moteur avec les outils prévus pour lui.",
            "Tournez deux tours à la main avant de démarrer.",
            "Remplacez les vis à usage unique.",
        ),
        (
            "changer courroie et galets ensemble",
            "prévoir la pompe à eau au même moment",
            "compter les dents de la courroie",
            "relever le code moteur",
        ),
        (
            "La courroie crantée lie vilebrequin et arbre à cames afin d'ouvrir les soupapes à temps.",
            "Le galet tendeur appuie sur la courroie afin qu'elle ne saute pas.",
        ),
        (
            (
                "Et la pompe à eau ?",
                "Sur beaucoup de moteurs, la courroie de distribution l'entraîne. La changer en même temps évite de "
                "tout redémonter.",
            ),
        ),
    ),
    Writing(
        686,
        (
            "Des ratés à l'accélération viennent souvent des bougies.",
            "Un démarrage difficile par temps humide mérite un contrôle.",
            "Une électrode arrondie demande une étincelle plus forte.",
        ),
        (
            "Vissez à la main d'abord, moteur froid.",
            "Respectez le couple : la culasse est tendre.",
            "Contrôlez l'écartement avant la pose.",
        ),
        (
            "changer le jeu complet",
            "relever le filetage et la longueur du culot",
            "comparer l'indice thermique",
            "regarder l'état des bobines",
        ),
        (
            "La bougie produit l'étincelle afin d'enflammer le mélange.",
            "L'indice thermique dit comment elle évacue la chaleur afin de rester propre.",
        ),
        (
            (
                "Lire une bougie",
                "Un isolant brun clair est sain ; noir, le mélange est riche ; blanc, le moteur chauffe.",
            ),
        ),
    ),
    Writing(
        4,
        (
            "Un voyant de batterie allumé moteur tournant : contrôlez d'abord la courroie.",
            "Des phares qui faiblissent au ralenti parlent de la charge.",
            "Un sifflement peut venir d'un roulement ou de la courroie.",
        ),
        (
            "Débranchez la batterie avant toute chose.",
            "Contrôlez la poulie débrayable avec la courroie.",
            "Serrez la cosse B+ au couple : elle chauffe si elle bouge.",
        ),
        (
            "relever l'intensité gravée sur l'ancien",
            "compter les rainures de la poulie",
            "contrôler la courroie d'accessoires",
            "mesurer la tension avant de conclure",
        ),
        (
            "L'alternateur produit le courant afin de recharger la batterie.",
            "Le régulateur tient la tension afin de protéger les appareils.",
        ),
        (
            (
                "Avant de le remplacer",
                "Mesurez la tension aux bornes de la batterie moteur tournant, puis contrôlez courroie, masse et "
                "cosses.",
            ),
        ),
    ),
    Writing(
        2,
        (
            "Un claquement sans rotation vient souvent de la batterie.",
            "Un démarreur qui tourne à vide ne lance plus le volant.",
            "Un démarrage lent à chaud mérite un contrôle des masses.",
        ),
        (
            "Débranchez la batterie avant toute chose.",
            "Nettoyez la masse du moteur.",
            "Regardez la couronne du volant par l'ouverture.",
        ),
        (
            "relever la puissance et le nombre de dents",
            "charger la batterie avant de conclure",
            "comparer les trous de fixation",
            "vérifier la présence d'un start-stop",
        ),
        (
            "Le démarreur entraîne le volant du moteur.",
            "Le solénoïde pousse le pignon afin de l'engager sur la couronne.",
        ),
        (
            (
                "Batterie ou démarreur ?",
                "Si les phares faiblissent nettement à la mise en route, la batterie ou une masse est en cause.",
            ),
        ),
    ),
    Writing(
        1,
        (
            "Un démarrage qui peine le matin annonce la fin.",
            "Une batterie qui se vide en deux jours peut cacher une fuite de courant.",
            "Des bornes couvertes de sel se nettoient avant de mesurer.",
        ),
        (
            "Débranchez la masse d'abord, rebranchez-la en dernier.",
            "Gardez une alimentation de secours si l'autoradio a un code.",
            "Déclarez la batterie neuve au calculateur quand la voiture le demande.",
        ),
        (
            "mesurer longueur, largeur et hauteur",
            "repérer le côté de la borne positive",
            "vérifier la présence d'un start-stop",
            "comparer capacité et courant de démarrage",
        ),
        (
            "La batterie garde l'énergie afin de lancer le moteur.",
            "Une batterie AGM supporte les redémarrages fréquents pour les voitures à start-stop.",
        ),
        (
            (
                "Start-stop : EFB ou AGM",
                "Une voiture à start-stop veut une batterie EFB ou AGM, de la même technologie que celle d'origine.",
            ),
        ),
    ),
    Writing(
        1145,
        (
            "Des à-coups au ralenti viennent souvent d'une vanne encrassée.",
            "Une fumée noire à l'accélération demande un contrôle.",
            "Un voyant moteur peut signaler une vanne qui n'obéit plus.",
        ),
        (
            "Posez des joints neufs.",
            "Faites réinitialiser la position de la vanne quand la voiture le demande.",
            "Nettoyez le conduit d'admission pendant qu'il est ouvert.",
        ),
        (
            "relever le nombre de broches du connecteur",
            "prévoir des joints neufs",
            "contrôler le refroidisseur",
            "lire les défauts avant de démonter",
        ),
        (
            "La vanne renvoie des gaz à l'admission afin de réduire les oxydes d'azote.",
            "Le calculateur la commande afin de doser ces gaz.",
        ),
        (
            (
                "Nettoyer ou changer",
                "Une vanne seulement encrassée peut se nettoyer ; un axe grippé ou un moteur muet se remplace.",
            ),
        ),
    ),
    Writing(
        1260,
        (
            "Une trace rose ou verte sous le moteur désigne le circuit.",
            "Un niveau qui baisse sans fuite visible demande un contrôle.",
            "Un grondement côté distribution peut venir de son roulement.",
        ),
        (
            "Rincez le circuit avant de remplir.",
            "Purgez l'air, chauffage ouvert en grand.",
            "Remplacez le liquide, sans mélanger les types.",
        ),
        (
            "changer la courroie au même moment",
            "relever le code moteur",
            "comparer la forme de la turbine",
            "prévoir du liquide neuf",
        ),
        (
            "La pompe fait circuler le liquide afin de refroidir le moteur.",
            "Le thermostat ferme le circuit afin que le moteur chauffe vite.",
        ),
        (
            (
                "Purger sans se presser",
                "L'air resté dans le circuit fait monter la température par à-coups. Suivez l'ordre des vis de purge.",
            ),
        ),
    ),
    Writing(
        298,
        (
            "Un balai qui broute ou saute est au bout de sa lame.",
            "Des traînées sur la vitre propre accusent le caoutchouc.",
            "Un balai resté gelé au pare-brise se déchire.",
        ),
        (
            "Relevez le bras avec précaution : il revient fort.",
            "Nettoyez le pare-brise avant d'essayer le balai neuf.",
            "Vérifiez que l'attache s'enclenche.",
        ),
        (
            "relever la longueur de chaque côté",
            "comparer le type d'attache",
            "vérifier si le côté passager est plus court",
            "prévoir le balai arrière",
        ),
        (
            "Le balai chasse l'eau afin de dégager la vue.",
            "Un balai plat épouse la vitre afin d'appuyer partout.",
        ),
        (
            (
                "Deux longueurs",
                "Conducteur et passager n'ont pas toujours la même longueur : mesurez les deux.",
            ),
        ),
    ),
    Writing(
        2234,
        (
            "Une perte de puissance avec une fumée bleue demande un contrôle.",
            "Un sifflement qui change mérite d'être écouté tôt.",
            "De l'huile dans la durite d'admission ne suffit pas à condamner le turbo.",
        ),
        (
            "Remplacez l'huile et son filtre avant le premier démarrage.",
            "Changez le tube de graissage s'il est encrassé.",
            "Laissez tourner au ralenti avant de solliciter le moteur.",
        ),
        (
            "chercher la cause de la casse",
            "relever la référence gravée sur la plaque",
            "prévoir joints et tube de graissage",
            "contrôler l'échangeur",
        ),
        (
            "Le turbo comprime l'air afin de remplir davantage les cylindres.",
            "L'huile le graisse et le refroidit afin que son axe dure.",
        ),
        (
            (
                "Avant de le poser",
                "Un turbo casse rarement seul : manque d'huile, corps étranger ou échappement bouché tueraient le "
                "suivant.",
            ),
        ),
    ),
)
