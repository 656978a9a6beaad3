"""The join: what one rule looks at, built once a draft from the request and the facts."""
