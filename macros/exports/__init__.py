"""One file = one download format; rows, schemas and the codebook, as text."""
