"""Building, checking and publishing whole sites, and the commands that people run."""
