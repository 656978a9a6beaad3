"""The command line: parse arguments, print, exit. It comes with the extra `cli`."""
