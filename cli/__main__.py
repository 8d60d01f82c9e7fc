"""``python -m quotes_cli`` is the command ``quotes``."""

from .app import main

main()
