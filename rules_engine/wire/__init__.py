"""Read and write JSON: the only room that knows it."""
