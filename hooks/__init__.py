"""Around a build: the hooks of MkDocs, one named job each, and the press that runs builds."""
