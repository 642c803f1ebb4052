"""An old shop that never was, with every fault that the real one is known for: the importer proves itself on it."""
