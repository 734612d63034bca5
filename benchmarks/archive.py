"""An archive of thousands of files, some of them damaged.

    python benchmarks/archive.py --make FOLDER [--files 2000] [--damaged 0]

`--make` only writes the archive: so many files, of them so many damaged ones of each kind.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from archiving.damage import KINDS, write_damaged
from archiving.folders import SEED, write_archive


def main() -> None:
    """Make an archive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--make", type=Path, metavar="FOLDER", required=True)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--damaged", type=int, default=0, help="of each kind")
    chosen = parser.parse_args()
    paths = write_archive(chosen.make, chosen.files - chosen.damaged * len(KINDS))
    paths += write_damaged(chosen.make, chosen.damaged, SEED)
    print(f"{len(paths)} files under {chosen.make}")


if __name__ == "__main__":
    main()
