"""Who sells in the demo shop: nobody, and it says so wherever the law wants a name."""

# The SIREN and SIRET begin with 000, which INSEE gives to no company; their check digits are right all the same.
IDENTITY = {
    "name": "Atelier",
    "legal_name": "Atelier (boutique de démonstration)",
    "legal_form": "Société fictive",
    "capital_euros": "1 000",
    "address_line": "1 rue de la Démonstration",
    "postal_code": "75000",
    "city": "Paris",
    "country": "France",
    "siret": "00000001800002",
    "rcs": "Paris 000 000 018 (numéro fictif)",
    "vat_number": "FR66000000018",
    # 01 99 00 xx xx is set aside for fiction by the French regulator: it rings nowhere.
    "phone": "+33199000018",
    "email": "contact@atelier.example",
    "host": "Hébergement local, pour la démonstration",
    "publisher": "Boutique de démonstration : aucune commande n'est honorée, aucun paiement n'est encaissé",
    "mediator": "Médiateur fictif de démonstration",
    "is_demo": True,
}
