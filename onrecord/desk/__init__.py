"""The desk: the record in the browser, to be read, checked and corrected."""
