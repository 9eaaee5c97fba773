"""Schema steps, forward only. HEAD is the newest; a test holds it against the scripts."""

HEAD = "0009"
VERSION_TABLE = "zwgk_version"
