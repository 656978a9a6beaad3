"""Where the records of a dry run come from."""
