"""Invented customers and staff: common first names and surnames thrown together, addresses in real towns."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import bcrypt

from devstack.demo.dice import Dice
from devstack.shop import CUSTOMER, STAFF
from models.customers import Customer, CustomerAddress
from models.database import session
from models.staff import StaffMember

COUNT = 200

FIRST_NAMES = (
    "Adrien Alice Amélie André Anne Antoine Aurélie Baptiste Béatrice Benoît Camille Caroline Cédric Chloé Claire "
    "Clément Corinne Damien David Delphine Denis Élise Émilie Éric Fabien Florence François Gabriel Gilles Hélène "
    "Hugo Inès Isabelle Jacques Jean Jérôme Julie Julien Karim Laurence Laurent Léa Louis Lucas Lucie Marc Marie "
    "Martine Mathieu Mehdi Michel Nadia Nathalie Nicolas Olivier Pascal Paul Philippe Pierre Rachid Romain Sandrine "
    "Sarah Sébastien Sophie Stéphane Sylvie Théo Thomas Valérie Vincent Virginie Yann Zoé"
).split()
LAST_NAMES = (
    "André Arnaud Aubert Bailly Barbier Benali Bernard Bertin Blanc Bonnet Bourgeois Boyer Brun Carpentier Chevalier "
    "Clément Colin Cousin Da-Silva Deschamps Diallo Dubois Dufour Dumas Dupuis Durand Fabre Faure Fernandez Fontaine "
    "Fournier Garcia Garnier Gautier Girard Guérin Henry Hubert Joly Lacroix Lambert Leblanc Leclerc Lefebvre Lemaire "
    "Leroux Lopez Lucas Marchand Martin Masson Mathieu Mercier Meunier Meyer Moreau Morel Muller Nguyen Noël Olivier "
    "Paris Pereira Perrin Petit Picard Renard Renaud Rey Richard Robin Roche Rousseau Roux Roy Schmitt Simon Thomas "
    "Traoré Vidal Vincent"
).split()
TOWNS = (
    ("69003", "Lyon"), ("75011", "Paris"), ("13006", "Marseille"), ("31000", "Toulouse"), ("44000", "Nantes"),
    ("67000", "Strasbourg"), ("33000", "Bordeaux"), ("59000", "Lille"), ("35000", "Rennes"), ("34000", "Montpellier"),
    ("38000", "Grenoble"), ("21000", "Dijon"), ("49000", "Angers"), ("63000", "Clermont-Ferrand"), ("37000", "Tours"),
    ("87000", "Limoges"), ("80000", "Amiens"), ("57000", "Metz"), ("45000", "Orléans"), ("76000", "Rouen"),
    ("29200", "Brest"), ("66000", "Perpignan"), ("25000", "Besançon"), ("72000", "Le Mans"), ("14000", "Caen"),
    ("54000", "Nancy"), ("86000", "Poitiers"), ("17000", "La Rochelle"), ("64000", "Pau"), ("74000", "Annecy"),
    ("12000", "Rodez"), ("20000", "Ajaccio"), ("68100", "Mulhouse"), ("51100", "Reims"), ("42000", "Saint-Étienne"),
)  # fmt: skip
STREETS = (
    "rue de la Gare", "avenue de la République", "rue des Écoles", "rue du Moulin", "chemin des Vignes",
    "place du Marché", "rue Pasteur", "avenue Jean-Jaurès", "rue des Acacias", "impasse des Lilas", "rue Victor-Hugo",
    "boulevard Gambetta", "route de l'Étang", "rue des Artisans", "allée des Tilleuls",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A customer as an order needs him."""

    id: int
    email: str
    first_name: str
    last_name: str
    line1: str
    postal_code: str
    city: str
    phone: str


def add_people(now: datetime) -> list[Person]:
    """Write 200 customers with an address each, the first of whom can sign in, and the staff."""
    secret = bcrypt.hashpw(CUSTOMER["password"].encode(), bcrypt.gensalt(12)).decode()
    customers = [_customer(number, secret if number == 0 else None, now) for number in range(COUNT)]
    session.add_all(customers)
    session.flush()
    people = []
    for number, customer in enumerate(customers):
        address = _address(number, customer)
        session.add(address)
        people.append(
            Person(
                customer.id,
                customer.email,
                customer.first_name,
                customer.last_name,
                address.line1,
                address.postal_code,
                address.city,
                customer.phone,
            )
        )
    session.flush()
    return people


def add_staff(now: datetime) -> None:
    """Write four members of staff of different levels; all know the password that `make run` prints."""
    secret = bcrypt.hashpw(STAFF["password"].encode(), bcrypt.gensalt(12)).decode()
    for email, first_name, last_name, job, level in (
        (STAFF["email"], "Camille", "Marchand", "Responsable de la boutique", 9),
        ("direction@atelier.example", "Dominique", "Fabre", "Direction", 10),
        ("atelier@atelier.example", "Sacha", "Morel", "Préparation des commandes", 7),
        ("compta@atelier.example", "Andréa", "Rey", "Comptabilité", 8),
    ):
        session.add(
            StaffMember(
                email=email,
                password_hash=secret,
                first_name=first_name,
                last_name=last_name,
                job=job,
                level=level,
                created_at=now - timedelta(days=400),
            )
        )
    session.flush()


def _customer(number: int, secret: str | None, now: datetime) -> Customer:
    dice = Dice("customer", number)
    first, last = dice.pick(FIRST_NAMES), dice.pick(LAST_NAMES).replace("-", " ")
    if number == 0:
        email = CUSTOMER["email"]
    else:
        email = f"client{number:03d}@example.org"
    return Customer(
        email=email,
        password_hash=secret,
        civility=dice.pick(("M", "Mme")),
        first_name=first,
        last_name=last,
        # 01 99 00 xx xx is set aside for fiction by the French regulator: it rings nowhere.
        phone=f"+3319900{dice.below(10_000):04d}",
        level=1,
        accepted_terms_at=now - timedelta(days=370),
        created_at=now - timedelta(days=dice.between(366, 500)),
    )


def _address(number: int, customer: Customer) -> CustomerAddress:
    dice = Dice("address", number)
    postal_code, city = dice.pick(TOWNS)
    return CustomerAddress(
        customer_id=customer.id,
        kind="shipping",
        is_default=True,
        first_name=customer.first_name,
        last_name=customer.last_name,
        line1=f"{dice.between(1, 148)} {dice.pick(STREETS)}",
        postal_code=postal_code,
        city=city,
        country="FR",
        phone=customer.phone,
    )
