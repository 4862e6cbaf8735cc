"""Watching the news come in: feeds that are polled, pages that are fetched and read, alerts by rule."""
