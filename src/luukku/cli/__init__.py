"""The door of the command line: `luukku <verb>`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `luukku` with the arguments of the process, and leave with its exit code."""
    from luukku.cli.app import run  # typer and rich are not needed by `import luukku.cli`

    sys.exit(run(sys.argv[1:]))


__all__ = ["main"]
