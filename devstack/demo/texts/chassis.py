"""Brakes, suspension, clutch."""

from devstack.demo.texts.kind import Writing

CHASSIS = (
    Writing(
        82,
        (
            "Une pédale qui vibre au freinage annonce un disque voilé.",
            "Un rebord marqué au bord de la piste dit que le disque s'est creusé.",
            "Sous l'épaisseur gravée sur le bord, le disque est à changer.",
            "Des stries profondes abîment des plaquettes neuves en peu de kilomètres.",
        ),
        (
            "Dégraissez les disques neufs : un film de protection les couvre.",
            "Brossez la portée du moyeu, sans quoi le disque tourne faux.",
            "Serrez les roues au couple, en croix, voiture au sol.",
            "Freinez doucement pendant les deux cents premiers kilomètres.",
        ),
        (
            "changer les deux disques d'un essieu",
            "monter des plaquettes neuves avec les disques",
            "mesurer le diamètre du disque déposé",
            "compter les trous de fixation",
            "comparer la hauteur du bol",
        ),
        (
            "Le disque est serré par les plaquettes afin de ralentir la roue.",
            "Il se remplace par paire afin que la voiture freine droit.",
            "Un disque ventilé a deux pistes séparées par des ailettes afin d'évacuer la chaleur.",
        ),
        (
            (
                "Mesurer avant de commander",
                "Le diamètre, la hauteur et le nombre de trous se lisent sur le disque en place. L'épaisseur minimale "
                "est gravée sur le bord ou dans le bol.",
            ),
            (
                "Changer aussi les plaquettes",
                "Des plaquettes usées épousent les stries de l'ancien disque. Sur un disque neuf, elles ne portent que "
                "par endroits : le freinage s'allonge et grince.",
            ),
        ),
    ),
    Writing(
        402,
        (
            "Un sifflement continu en roulant vient souvent du témoin d'usure.",
            "Une pédale qui descend plus bas qu'avant demande un contrôle.",
            "Un voyant de frein peut signaler une garniture au bout de sa course.",
            "Un bruit de métal au freinage : arrêtez-vous et faites contrôler.",
        ),
        (
            "Repoussez les pistons lentement, bocal de liquide ouvert.",
            "Nettoyez les glissières : une plaquette doit coulisser à la main.",
            "Pompez la pédale avant de reprendre la route.",
            "Remplacez les ressorts et les agrafes s'ils sont fournis.",
        ),
        (
            "changer les quatre plaquettes d'un essieu",
            "relever la marque du système de freinage",
            "contrôler l'état des disques",
            "repérer le fil du témoin d'usure",
            "comparer la forme du support",
        ),
        (
            "La plaquette serre le disque afin de ralentir la roue.",
            "Le témoin d'usure frotte ou ferme un contact afin de prévenir le conducteur.",
            "La forme de la plaquette dépend de l'étrier, donc du système de freinage.",
        ),
        (
            (
                "Quel système de freinage ?",
                "La marque (ATE, Bosch, TRW, Bendix) est moulée sur l'étrier. Deux voitures identiques peuvent avoir "
                "reçu deux systèmes : regardez avant de commander.",
            ),
            (
                "Après le montage",
                "Les premiers freinages se font en douceur, sans arrêt complet répété : la garniture et le disque ont "
                "besoin de se faire l'un à l'autre.",
            ),
        ),
    ),
    Writing(
        854,
        (
            "Une voiture qui rebondit après un dos-d'âne n'est plus amortie.",
            "Des traces d'huile sur le corps de l'amortisseur disent qu'il fuit.",
            "Des pneus usés en facettes trahissent un amortisseur fatigué.",
            "Une voiture qui plonge au freinage s'arrête moins court.",
        ),
        (
            "Comprimez le ressort avec un outil prévu, jamais autrement.",
            "Serrez les silentblocs voiture sur ses roues.",
            "Remplacez la coupelle et la butée en même temps.",
            "Faites contrôler la géométrie après l'essieu avant.",
        ),
        (
            "changer les deux amortisseurs d'un essieu",
            "prévoir les butées et les soufflets",
            "relever la longueur et le type de fixation",
            "vérifier la présence d'une suspension pilotée",
            "contrôler les coupelles",
        ),
        (
            "L'amortisseur freine le ressort afin de garder la roue au sol.",
            "Il se remplace par paire afin que la voiture reste stable.",
            "Un amortisseur à gaz contient un gaz sous pression afin d'éviter que l'huile mousse.",
        ),
        (
            (
                "Toujours par paire",
                "Un amortisseur neuf d'un côté et un usé de l'autre font dévier la voiture au freinage. L'essieu se "
                "traite entier.",
            ),
            (
                "Ce qu'il faut prévoir",
                "Coupelles, butées et soufflets travaillent avec l'amortisseur et s'usent avec lui. Les changer "
                "ensemble évite de tout redémonter.",
            ),
        ),
    ),
    Writing(
        273,
        (
            "Un bruit sourd sur les bosses vient souvent d'un silentbloc.",
            "Une direction floue au freinage accuse les bras ou leurs rotules.",
            "Des pneus usés d'un seul côté demandent un contrôle du train.",
            "Un caoutchouc fendu n'amortit plus rien.",
        ),
        (
            "Serrez les fixations voiture à sa hauteur de marche.",
            "Remplacez les vis de rotule par celles du jeu.",
            "Ne forcez pas la rotule au marteau : un extracteur suffit.",
            "Faites régler la géométrie aussitôt après.",
        ),
        (
            "relever le côté et la position du bras",
            "comparer le diamètre du cône de rotule",
            "prévoir un réglage de la géométrie",
            "contrôler le bras de l'autre côté",
            "vérifier si la rotule est livrée avec le bras",
        ),
        (
            "Le bras relie la roue à la caisse pour la guider dans son débattement.",
            "Le silentbloc filtre les chocs afin que la caisse ne les reçoive pas.",
            "La rotule permet à la roue de tourner et de monter à la fois.",
        ),
        (
            (
                "Repérer le bon côté",
                "Gauche et droite s'entendent assis au volant. Un bras inférieur et un bras supérieur ne sont pas "
                "interchangeables.",
            ),
        ),
    ),
    Writing(
        655,
        (
            "Un grondement qui monte avec la vitesse vient souvent d'un roulement.",
            "Un bruit qui change de ton en virage désigne le côté chargé.",
            "Du jeu sur la roue levée confirme l'usure.",
            "Un voyant ABS peut venir de la cible magnétique du roulement.",
        ),
        (
            "Emmanchez le roulement à la presse, par sa bague extérieure.",
            "Repérez la face magnétique : elle regarde le capteur ABS.",
            "Remplacez l'écrou de transmission, il ne sert qu'une fois.",
            "Serrez l'écrou au couple, roue au sol.",
        ),
        (
            "vérifier la présence d'une cible ABS",
            "relever les diamètres intérieur et extérieur",
            "prévoir un écrou de transmission neuf",
            "contrôler l'état du moyeu",
            "comparer le nombre de trous du moyeu",
        ),
        (
            "Le roulement porte la roue afin qu'elle tourne sans jeu.",
            "Certains portent une cible magnétique afin que le capteur ABS lise la vitesse.",
            "Selon la voiture, il est livré seul ou avec son moyeu.",
        ),
        (
            (
                "Seul ou avec moyeu ?",
                "Un roulement seul s'emmanche à la presse ; avec son moyeu, il se visse. La fiche dit ce que contient "
                "la boîte.",
            ),
        ),
    ),
    Writing(
        479,
        (
            "Un moteur qui monte en régime sans que la voiture avance : l'embrayage patine.",
            "Une pédale qui accroche tout en haut annonce la fin du disque.",
            "Des vitesses qui craquent viennent souvent d'une commande ou d'une butée.",
            "Un bruit pédale enfoncée désigne la butée.",
        ),
        (
            "Contrôlez le volant moteur pendant que tout est ouvert.",
            "Centrez le disque avec un mandrin avant de serrer.",
            "Remplacez la butée, même si elle paraît saine.",
            "Dégraissez le volant avant de poser le mécanisme.",
        ),
        (
            "changer disque, mécanisme et butée ensemble",
            "contrôler le jeu du volant bimasse",
            "relever le diamètre et les cannelures du disque",
            "vérifier si la butée est hydraulique",
            "regarder le joint de sortie de boîte",
        ),
        (
            "L'embrayage relie le moteur à la boîte afin de démarrer sans à-coup.",
            "La butée appuie sur le mécanisme afin de libérer le disque.",
            "Un volant bimasse filtre les vibrations afin de ménager la boîte.",
        ),
        (
            (
                "Pourquoi tout changer",
                "Déposer la boîte demande des heures : disque, mécanisme et butée se changent en une fois, et le "
                "volant se contrôle au passage.",
            ),
        ),
    ),
)
