"""Models by make."""
