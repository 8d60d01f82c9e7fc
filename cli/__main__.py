"""Where the command ``quotes`` begins, also as ``python -m quotes_cli``: an interrupt is one line from here on."""

import sys

from . import INTERRUPTED, STOPPED


def main() -> None:
    """Run ``quotes``; who stops it while its modules are loaded is told the same as who stops it later."""
    try:
        from .app import main

        main()
    except KeyboardInterrupt:
        sys.stderr.write(f"quotes: {STOPPED}\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
