"""Spreadsheets, CSV and pasted tables -> rows of a publication, and doubts. Nothing is written here but by `merge`."""
