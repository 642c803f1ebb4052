"""The demo shop: invented stock and people around real makes, models, engines and kinds of parts.

Everything is reckoned from a seed: the same seed and size give the same shop, whatever the machine. Nothing here
imports the shop's tables but `loader.py`, which writes what the generators yield.
"""
