"""Who works on a record: people with roles, their passwords and their sign-ins."""

from onrecord.team.people import Deed, Person, Role

__all__ = ["Deed", "Person", "Role"]
