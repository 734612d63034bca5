"""The database that keeps what every file gave."""
