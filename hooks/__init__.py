"""Around a build: the hooks of MkDocs, one named job each, and what builds and publishes sites."""
