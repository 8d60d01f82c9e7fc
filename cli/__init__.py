"""The command line ``quotes``: parse, call the library, render."""

STOPPED = "stopped; what was stored before is whole"
INTERRUPTED = 130
