"""Paybox (Verifone e-commerce): facts and sources in docs/payments.md."""

from integrations.payments.paybox.gateway import PayboxGateway

__all__ = ["PayboxGateway"]
