"""Mails that the mail server refused for good."""

from flask import Blueprint, Response, flash, url_for

from models.database import utc_now
from services.mail import get_mail, list_failed_mails, retry_mail
from web.language import gettext as _
from web.pages import page, see_other

bp = Blueprint("mail", __name__, url_prefix="/mail")


@bp.get("")
def index() -> Response:
    return page("backoffice/mail/index.html", mails=list_failed_mails())


@bp.post("/<int:id>/retry")
def retry(id: int) -> Response:
    mail = get_mail(id)
    retry_mail(mail.id, at=utc_now())
    flash(_("Le message à %(recipient)s repart.", recipient=mail.recipient), "success")
    return see_other(url_for(".index"))
