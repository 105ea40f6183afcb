"""The press: whole sites, and the commands that people run."""
