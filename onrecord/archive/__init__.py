"""The archive: everything as it came, with when and from where, and the proof that it is so still."""
