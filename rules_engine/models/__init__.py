"""What is said and what is known: frozen nouns, without JSON and without rules."""
