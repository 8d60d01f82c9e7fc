"""The command line ``quotes``: parse, call the library, render."""
