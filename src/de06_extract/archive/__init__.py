"""Many files: found, checked by workers, kept in a store, held against each other."""
