"""A year of orders in all eight states, played in order of time through the shop's own services.

So amounts, stock, histories, payments and invoice numbers are what the shop would have made of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import delete, select, update

from devstack.demo.dice import Dice
from devstack.demo.selling.people import Person
from domain.addresses import PostalAddress
from domain.fitment import Fit, Verdict
from domain.orders import SYSTEM, Actor
from integrations.carts import FakeCartStore, StoredCart, StoredItem, carts
from integrations.payments import BankAnswer, FakeGateway, ReturnAddresses, gateway
from integrations.payments.interface import Settlement
from models.catalog import Fitment, Gamme, Product
from models.database import session
from models.orders import Order
from models.outbox import OutboxEvent
from models.payments import Payment, PaymentNotification
from models.staff import StaffMember
from models.stock import StockItem
from services.cart import get_cart
from services.checkout import Checkout, OrderVehicle, place_order
from services.invoices import issue_invoice
from services.orders import cancel_order, deliver_order, return_order, ship_order, start_processing
from services.payments import receive_notification, send_to_bank, start_payment
from services.refunds import claim_refund, refund_cancelled_order, settle_refund
from services.vehicles import find_vehicle_type

COUNT = 400
# The customer who can sign in has this many of them.
OWN_ORDERS = 9
# What staff find to do in the morning.
RECENT_ORDERS = 24
CARRIERS = ("Colissimo", "Colissimo", "Chronopost", "DHL", "UPS")
REASONS = (
    "La pièce commandée ne correspond pas au véhicule.",
    "Le client a trouvé la pièce dans son garage habituel.",
    "Le client a commandé deux fois la même pièce.",
    "Le véhicule a été vendu avant la réparation.",
)
NOWHERE = ReturnAddresses(
    "https://a.invalid", "https://b.invalid", "https://c.invalid", "https://d.invalid", "https://e.invalid"
)


@dataclass(frozen=True)
class Plan:
    """One order to be: when it is placed, by whom, and where it ends."""

    number: int
    placed_at: datetime
    person: Person
    ends: str


def add_orders(
    people: list[Person], now: datetime, progress: Callable[[int, int], None] = lambda done, of: None
) -> None:
    """Place and move 400 orders; needs products with stock, people and staff in the database."""
    staff = session.scalars(select(StaffMember).where(StaffMember.level >= 9).order_by(StaffMember.id).limit(1)).one()
    actor = Actor.staff(staff.id, staff.level)
    products = session.scalars(
        select(Product.id)
        .join(StockItem, StockItem.product_id == Product.id)
        .join(Product.gamme)
        .where(
            Product.is_displayed,
            Gamme.is_displayed,
            Product.price_cents.between(6_00, 400_00),
            StockItem.on_hand - StockItem.reserved >= 20,
        )
        .order_by(Product.id)
    ).all()
    with carts.replaced_by(FakeCartStore()), gateway.replaced_by(FakeGateway()):
        for done, plan in enumerate(sorted(_plans(people, now), key=lambda plan: plan.placed_at), start=1):
            _play(plan, products, actor, now)
            # A session that holds a year of orders would look through all of them at every query.
            session.flush()
            session.expunge_all()
            progress(done, COUNT)
    _quiet()


def _plans(people: list[Person], now: datetime) -> Iterator[Plan]:
    for number in range(COUNT):
        dice = Dice("order", number)
        person = people[0] if number < OWN_ORDERS else dice.pick(people[1:])
        if number >= COUNT - 3:
            yield Plan(number, now - timedelta(minutes=dice.between(1, 12)), person, "pending")
            continue
        yield _past(number, person, dice, now)


def _past(number: int, person: Person, dice: Dice, now: datetime) -> Plan:
    """Plan an order before today: the demo customer's are spread evenly, others are more frequent lately."""
    if number < OWN_ORDERS:
        days = number * 38 + 3
    elif number < OWN_ORDERS + RECENT_ORDERS:
        days = dice.below(3)
    else:
        days = min(dice.between(0, 364), dice.between(0, 364))
    hour = dice.between(7, 20)
    placed = (now - timedelta(days=days)).replace(hour=hour, minute=dice.below(60), second=dice.below(60))
    placed = min(placed, now - timedelta(hours=1, minutes=dice.below(60)))
    return Plan(number, placed, person, _end(days, dice))


def _end(days: int, dice: Dice) -> str:
    thrown = dice.below(100)
    if thrown < 6:
        return "cancelled"
    if thrown < 9:
        return "refunded"
    if days < 1:
        return "paid"
    if days < 3:
        return dice.pick(("paid", "processing", "processing"))
    if days < 6:
        return "shipped"
    return "returned" if thrown < 12 else "delivered"


def _play(plan: Plan, products: Sequence[int], staff: Actor, now: datetime) -> None:
    dice = Dice("play", plan.number)
    order = _place(plan, products, dice)
    if plan.ends == "pending":
        send_to_bank(start_payment(order, at=plan.placed_at), order, returns=NOWHERE, at=plan.placed_at)
        return
    if plan.ends == "cancelled":
        at = plan.placed_at + timedelta(minutes=31)
        cancel_order(order, reason="Commande non payée dans le délai de 30 minutes.", by=SYSTEM, at=at)
        return
    # The same for all, so that invoice numbers follow the time they were issued.
    paid_at = plan.placed_at + timedelta(minutes=4)
    payment = _pay(order, paid_at, dice)
    issue_invoice(order.id, at=paid_at)
    if plan.ends == "refunded":
        cancel_order(order, reason=dice.pick(REASONS), by=staff, at=paid_at + timedelta(minutes=40))
        refund_cancelled_order(order.id, at=paid_at + timedelta(minutes=40))
        _settle_refunds(payment, paid_at + timedelta(minutes=41))
        return
    if plan.ends == "paid":
        return
    day = _morning(paid_at, 1, dice)
    steps: list[tuple[str, Callable[[datetime], None]]] = [
        ("processing", lambda at: start_processing(order, by=staff, at=at)),
        ("shipped", lambda at: _ship(order, staff, at, dice)),
        ("delivered", lambda at: deliver_order(order, by=staff, at=at)),
        ("returned", lambda at: return_order(order, reason=dice.pick(REASONS), by=staff, at=at)),
    ]
    for (name, step), after in zip(steps, (0, 0.2, 2, 8), strict=True):
        step(min(day + timedelta(days=after), now - timedelta(minutes=5)))
        if name == plan.ends:
            return


def _place(plan: Plan, products: Sequence[int], dice: Dice) -> Order:
    owner = f"user:{plan.person.id}:{plan.number}"
    wanted = dice.sample(products, dice.pick((1, 1, 1, 2, 2, 3)))
    items = [
        StoredItem(product_id=number, quantity=dice.pick((1, 1, 1, 2)), added_at=plan.placed_at) for number in wanted
    ]

    def fill(cart: StoredCart) -> None:
        cart.items = items

    carts().change(owner, fill)
    person = plan.person
    address = PostalAddress(
        first_name=person.first_name,
        last_name=person.last_name,
        line1=person.line1,
        postal_code=person.postal_code,
        city=person.city,
        country="FR",
        phone=person.phone,
    )
    checkout = Checkout(
        email=person.email,
        shipping=address,
        accept_terms=True,
        shipping_method=dice.pick(("standard",) * 5 + ("express",)),
    )
    cart = get_cart(owner)
    return place_order(
        cart, checkout, customer_id=person.id, vehicle=_vehicle(cart.lines[0].product), at=plan.placed_at
    )


def _vehicle(product: Product) -> OrderVehicle | None:
    if product.fitment_group_id is None:
        return None
    fitted = session.scalar(
        select(Fitment.vehicle_type_id)
        .where(Fitment.group_id == product.fitment_group_id, Fitment.restriction == "", Fitment.fitted_to.is_(None))
        .order_by(Fitment.vehicle_type_id)
        .limit(1)
    )
    found = find_vehicle_type(fitted) if fitted else None
    if found is None:
        return None
    return OrderVehicle(found.id, f"{found.label} ({found.years})", {product.id: Verdict(Fit.FITS)})


def _pay(order: Order, at: datetime, dice: Dice) -> Payment:
    if dice.chance(8):
        _tell(start_payment(order, at=at), at - timedelta(minutes=1), error="00151", dice=dice)
    payment = start_payment(order, at=at)
    send_to_bank(payment, order, returns=NOWHERE, at=at)
    _tell(payment, at, error="00000", dice=dice)
    return payment


def _tell(payment: Payment, at: datetime, *, error: str, dice: Dice) -> None:
    said = [("Mt", payment.amount_cents), ("Ref", payment.reference)]
    if error == "00000":
        said.append(("Auto", f"{dice.between(100000, 999999)}"))
    said += [
        ("Appel", f"{payment.id:09d}"),
        ("Trans", f"{payment.id + 600_000_000}"),
        ("Erreur", error),
        ("Sign", "good"),
    ]
    receive_notification(urlencode(said).encode(), source_ip="127.0.0.1", at=at)


def _ship(order: Order, staff: Actor, at: datetime, dice: Dice) -> None:
    carrier = dice.pick(CARRIERS)
    number = (
        f"6A{dice.between(10**10, 10**11 - 1)}" if carrier == "Colissimo" else f"{dice.between(10**11, 10**12 - 1)}"
    )
    ship_order(order, carrier=carrier, tracking_number=number, by=staff, at=at)


def _settle_refunds(payment: Payment, at: datetime) -> None:
    session.refresh(payment, ["refunds"])
    for refund in payment.refunds:
        claim_refund(refund.id)
        settle_refund(refund.id, BankAnswer(Settlement.DONE, "00000"), first_time=True, at=at)


def _morning(day: datetime, after: int, dice: Dice) -> datetime:
    return (day + timedelta(days=after)).replace(hour=7, minute=dice.below(60))


def _quiet() -> None:
    """Nobody is told of a year that never was, and its carts are nobody's; an invoice is printed when asked for."""
    session.execute(delete(OutboxEvent))
    session.execute(update(Order).values(cart_owner=""))
    session.execute(update(PaymentNotification).values(verified_by="démonstration"))
    session.flush()
