"""The command line: `flask --app app:create_app --help`."""

import secrets
import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from pydantic import ValidationError

from config import settings
from domain.errors import ShopError
from import_commands import import_group


def install(app: Flask) -> None:
    """Register every command on `app`."""
    for command in (
        work,
        schedule,
        alive,
        demo,
        reindex,
        search_settings,
        warm_cache,
        create_staff,
        refund_again,
        paybox_keys,
        failed_jobs,
        import_legacy,
    ):
        app.cli.add_command(command)
    app.cli.add_command(import_group)


# What a command needs is imported when it runs: every process of the shop reads this file.


@click.command()
@click.option("--only", type=click.Choice(["quick", "long"]), help="Leave the other jobs to another worker.")
@click.option("--burst", is_flag=True, help="Stop when nothing waits.")
@with_appcontext
def work(only: str | None, burst: bool) -> None:
    """Do what follows an event: mails, invoices, refunds, the search index; and what takes long: imports, recounts."""
    from integrations.queue.rq_provider import LONG_QUEUE_NAME, QUEUE_NAME, QUEUE_NAMES
    from jobs import worker

    worker.work({"quick": (QUEUE_NAME,), "long": (LONG_QUEUE_NAME,), None: QUEUE_NAMES}[only], burst=burst)


@click.command()
@with_appcontext
def schedule() -> None:
    """Queue what runs on a schedule."""
    from jobs.schedule import keep_schedule

    keep_schedule()


@click.command()
@click.argument("process", type=click.Choice(["worker", "scheduler"]))
@with_appcontext
def alive(process: str) -> None:
    """End well if this machine's worker or scheduler gave a sign of life lately: for health checks."""
    from redis.exceptions import RedisError

    from jobs.signs_of_life import has_live_scheduler, has_live_worker

    try:
        is_alive = has_live_worker() if process == "worker" else has_live_scheduler()
    except RedisError as error:
        raise click.ClickException(f"Redis does not answer: {error}") from error
    if not is_alive:
        raise click.ClickException(f"No {process} of this machine has given a sign of life lately.")


@click.command()
@click.option("--size", type=click.Choice(["tiny", "small", "medium", "full"]), default="small", show_default=True)
@with_appcontext
def demo(size: str) -> None:
    """Fill an empty database with the demo shop."""
    from devstack.demo import loader
    from web.observability import configure_logging
    from web.terminal import Bar

    if settings().is_production:
        raise click.ClickException("APP_ENV=production: the demo shop is for development.")
    # A year of payments would fill the screen.
    configure_logging("WARNING", as_json=False)
    bar = Bar()
    loader.load(size, tell=bar.say, progress=bar.show)


@click.command()
@with_appcontext
def reindex() -> None:
    """Build the search index anew beside the live one, then swap."""
    from integrations.search import SearchUnavailable
    from jobs.unit_of_work import unit_of_work
    from services.search import rebuild_index
    from web.terminal import Bar

    try:
        with unit_of_work():
            counts = rebuild_index(Bar().show)
    except SearchUnavailable as error:
        raise click.ClickException(f"The search engine does not take the index: {error}") from error
    click.echo(", ".join(f"{number} {name}" for name, number in counts.items()))


@click.command()
@with_appcontext
def warm_cache() -> None:
    """Make the busiest pages before anybody asks for them: after a deploy."""
    from jobs import cache

    cache.warm_cache()


@click.command()
@with_appcontext
def search_settings() -> None:
    """Give the search index the settings of this release and the synonyms, where they differ."""
    from integrations.search import SearchUnavailable
    from jobs.unit_of_work import unit_of_work
    from services.search import apply_search_settings

    try:
        with unit_of_work():
            changed = apply_search_settings()
    except SearchUnavailable as error:
        raise click.ClickException(f"The search engine does not take the settings: {error}") from error
    click.echo(f"Changed: {', '.join(changed)}." if changed else "Nothing differed.")


@click.command()
@click.argument("email")
@click.option(
    "--level", type=click.IntRange(7, 10), default=7, show_default=True, help="What they may do; docs/operations.md."
)
@click.option("--first-name", prompt=True)
@click.option("--last-name", prompt=True)
@click.option("--generate", is_flag=True, help="Make a password and print it once, instead of asking for one.")
@with_appcontext
def create_staff(email: str, level: int, first_name: str, last_name: str, generate: bool) -> None:
    """Open an account for a member of staff."""
    from jobs.unit_of_work import unit_of_work
    from models.database import utc_now
    from services.staff import NewStaffMember, create_staff_member

    password = new_password() if generate else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        new = NewStaffMember(email=email, level=level, first_name=first_name, last_name=last_name, password=password)
        with unit_of_work():
            create_staff_member(new, at=utc_now())
    except ValidationError as error:
        raise click.ClickException("; ".join(f"{one['loc'][0]}: {one['msg']}" for one in error.errors())) from error
    except ShopError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{email}, level {level}, can sign in at {settings().app_url}/backoffice.")
    if generate:
        click.echo(f"Password, shown this once: {password}")


def new_password() -> str:
    """Return a password that nobody guesses and that has what passwords must have."""
    return f"{secrets.token_urlsafe(15)}-Aa1"


@click.command()
@click.argument("number")
@with_appcontext
def refund_again(number: str) -> None:
    """Ask the bank anew for what it refused to give back on a cancelled or returned order."""
    from domain.orders import SYSTEM
    from jobs.unit_of_work import unit_of_work
    from models.database import utc_now
    from services.orders import get_order_by_number
    from services.refunds import refund_again as ask_anew

    try:
        with unit_of_work():
            asked = ask_anew(get_order_by_number(number).id, by=SYSTEM, at=utc_now())
    except ShopError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{number}: {asked} refund(s) on their way to the bank.")


@click.command()
@with_appcontext
def paybox_keys() -> None:
    """Check the installed public keys against the fingerprints that Paybox publishes."""
    from integrations.payments.paybox.fingerprints import identify_key

    paths = settings().paybox_public_keys
    if not paths:
        raise click.ClickException("PAYBOX_PUBLIC_KEYS names no file: no notification of the bank can be verified.")
    strangers = 0
    for path in paths:
        try:
            found = identify_key(path)
        except (OSError, ValueError) as error:
            raise click.ClickException(f"{path}: {error}") from error
        strangers += not found.owner
        click.echo(f"{path}\n  {found.bits} bits, SPKI SHA-256 {found.sha256}")
        click.echo(f"  {found.owner or 'NOT one of the keys that Paybox publishes'}")
    if strangers:
        sys.exit(1)


@click.command()
@click.option("--replay", is_flag=True, help="Run them again: those named, else all of them.")
@click.argument("ids", nargs=-1)
@with_appcontext
def failed_jobs(replay: bool, ids: tuple[str, ...]) -> None:
    """List what failed for good, jobs and mails, and run it again with --replay."""
    from jobs.failures import list_failed_jobs, replay_failed_jobs
    from jobs.unit_of_work import unit_of_work
    from models.database import utc_now
    from services.mail import list_failed_mails, retry_mail

    if replay:
        replayed = replay_failed_jobs(ids)
        with unit_of_work():
            mails = [mail.id for mail in list_failed_mails() if not ids or f"mail-{mail.id}" in ids]
            for mail_id in mails:
                retry_mail(mail_id, at=utc_now())
        click.echo(f"{replayed} job(s) and {len(mails)} mail(s) will be tried again.")
        return
    failed = list_failed_jobs()
    for job in failed:
        click.echo(f"{job.id}  {job.failed_at:%Y-%m-%d %H:%M}  {job.call}\n    {job.reason}")
    with unit_of_work():
        refused = list_failed_mails()
        for mail in refused:
            click.echo(f"mail-{mail.id}  {mail.created_at:%Y-%m-%d %H:%M}  {mail.recipient}: {mail.subject}")
            click.echo(f"    {mail.last_error}")
    if not failed and not refused:
        click.echo("Nothing failed.")


@click.command()
@click.argument("source")
@click.option("--only", default="", help="Legacy tables to import, separated by commas; all of them without it.")
@click.option(
    "--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="States of orders."
)
@click.option("--restart", is_flag=True, help="Begin anew instead of going on with an import that was interrupted.")
@click.option("--check", is_flag=True, help="Only report anew on the last import.")
@with_appcontext
def import_legacy(source: str, only: str, map_file: Path | None, restart: bool, check: bool) -> None:
    """Import the old shop from SOURCE: the address of its PostgreSQL database, or a folder of its CSV dumps."""
    from domain.legacy.orders import read_states
    from domain.legacy.values import Unreadable
    from integrations.legacy_source import SourceUnreadable, open_source, read_status_map
    from jobs.legacy import check_legacy_shop, import_legacy_shop
    from web.observability import configure_logging

    # Lines of progress, not of the log.
    configure_logging("WARNING", as_json=False)
    tables = [name.strip() for name in only.split(",") if name.strip()]
    try:
        opened = open_source(source)
        if check:
            holds = check_legacy_shop(opened, tell=click.echo)
        else:
            states = read_states(read_status_map(map_file))
            holds = import_legacy_shop(opened, tables, states, restart=restart, tell=click.echo)
    except (SourceUnreadable, LookupError, Unreadable) as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from error
    except ShopError as error:
        raise click.ClickException(error.message) from error
    if not holds:
        # Everything was imported, but a check of the report does not hold.
        sys.exit(3)
