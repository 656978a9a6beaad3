"""Reports as people look at them. Whoever prints them on a terminal is the command line."""
