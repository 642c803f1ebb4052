"""What needs a person: told by mail to the address of the settings, once."""

import structlog

from config import settings
from jobs.failures import find_failed_job
from jobs.letters import Letter, post, staff_alert
from models.database import utc_now
from services.mail import get_mail
from services.orders import get_order
from services.payments import get_notification, get_payment
from services.refunds import get_refund
from web.language import gettext as _
from web.templating import money

log = structlog.get_logger()


def alert_payment_anomaly(notification_id: int) -> None:
    """Tell staff of a message of the bank that does not add up."""
    notification = get_notification(notification_id)
    payment = get_payment(notification.payment_id) if notification.payment_id else None
    order = get_order(payment.order_id) if payment else None
    facts = {_("Constat"): notification.detail, _("Notification"): f"n° {notification.id}"}
    if payment:
        facts |= {_("Paiement"): payment.reference, _("Montant attendu"): money(payment.amount_cents)}
    _tell(
        staff_alert(
            key=f"anomaly:{notification_id}",
            title=_("Paiement à vérifier"),
            sentences=[
                _("La banque a envoyé un message qui ne correspond pas à ce que la boutique attend."),
                _("Rien n'a été modifié. Comparez avec le back-office de la banque avant d'agir."),
            ],
            facts=facts,
            order=order,
        )
    )


def alert_failed_refund(refund_id: int) -> None:
    """Tell staff of a refund that the bank refused."""
    refund = get_refund(refund_id)
    order = get_order(refund.payment.order_id)
    _tell(
        staff_alert(
            key=f"refund:{refund_id}",
            title=_("Remboursement refusé, commande %(number)s", number=order.number),
            sentences=[_("La banque a refusé un remboursement : le client attend toujours son argent.")],
            facts={
                _("Client"): order.email,
                _("Montant"): money(refund.amount_cents),
                _("Paiement"): refund.payment.reference,
                _("Motif du remboursement"): refund.reason,
                _("Réponse de la banque"): refund.bank_answer,
            },
            order=order,
        )
    )


def alert_failed_mail(mail_id: int) -> None:
    """Tell staff of a mail that was refused three times; of an alert that was refused, only the log tells."""
    mail = get_mail(mail_id)
    if mail.template == "staff_alert":
        log.error("mail.alert_failed", mail_id=mail_id)
        return
    _tell(
        staff_alert(
            key=f"mail:{mail_id}:{utc_now():%Y%m%d}",
            title=_("E-mail non remis"),
            sentences=[_("Le serveur de messagerie a refusé cet e-mail trois fois. Le destinataire n'a rien reçu.")],
            facts={
                _("Destinataire"): mail.recipient,
                _("Objet"): mail.subject,
                _("Dernière réponse"): mail.last_error,
                _("Pour le renvoyer"): "flask failed-jobs --replay",
            },
            order=get_order(mail.order_id) if mail.order_id else None,
        )
    )


def alert_failed_job(job_id: str) -> None:
    """Tell staff of a job that failed for good, at most once an hour for each kind of job."""
    job = find_failed_job(job_id)
    if job is None:
        return
    _tell(
        staff_alert(
            key=f"job:{job.name}:{utc_now():%Y%m%d%H}",
            title=_("Tâche en échec : %(name)s", name=job.name.rpartition(".")[2]),
            sentences=[_("Une tâche a échoué malgré plusieurs essais. Elle est conservée et peut être relancée.")],
            facts={
                _("Tâche"): job.call,
                _("Erreur"): job.reason,
                _("Pour la relancer"): f"flask failed-jobs --replay {job.id}",
            },
        )
    )


def _tell(letter: Letter) -> None:
    # The facts name people: they go by mail, and stand in the back office.
    log.error("staff.alerted", title=letter.values["title"], key=letter.key)
    if settings().mail_alerts_to:
        post(letter)
