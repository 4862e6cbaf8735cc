"""Fetching from the web: the one way in which this program opens a connection to an address that somebody gave it."""

from onrecord.sources.fetching.fetch import fetch
from onrecord.sources.fetching.fetched import Exchange, Fetched
from onrecord.sources.fetching.policy import Policy, policy_in_force

__all__ = ["Exchange", "Fetched", "Policy", "fetch", "policy_in_force"]
