"""Whom the shop calls: a package per need, each with an interface, its providers and one fake."""
