"""Measured speed: the shop at a given size on its production server, beside a page that does nothing."""
