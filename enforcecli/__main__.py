"""python -m enforcecli"""

from __future__ import annotations

from enforcecli.cli.app import main

main()
