"""The files of an archive and their bytes."""
