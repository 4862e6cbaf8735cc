"""The desk: the record in the browser."""
