"""The command line: arguments in, text or JSON out, an exit status."""
