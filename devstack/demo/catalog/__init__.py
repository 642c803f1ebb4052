"""Families, gammes, brands, products and what they fit."""
