"""A found proof as a reader wants it."""
