"""Learns the linker's model: which relations between figures are meant, from labelled passages and unlabelled texts."""

import os

# Sums over threads come in another order on another machine; the model is to be the same to the byte.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
