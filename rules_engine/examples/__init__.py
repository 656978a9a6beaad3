"""Valid examples of every operation, and what breaks them: data that production code and tests share."""
