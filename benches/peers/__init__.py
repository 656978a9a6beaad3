"""Other engines and decoders on the same drafts, each used the way that is quickest for it."""
