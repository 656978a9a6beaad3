"""Where the records of a dry run come from, and how a history is written."""
