"""«python -m de06_extract» is the command `de06-extract`."""

from de06_extract.commands.cli import main

main()
