"""The command line. Starting makes some hundred thousand objects that all stay: with Python's own threshold
the garbage collector would go over them again and again, a tenth of a short command."""

from __future__ import annotations

import gc

gc.set_threshold(50_000, 10, 10)
