"""Makes, models and engines: facts of the trade in compact tables, read by `garage.py`."""
