"""Run by Alembic: migrate over the connection that `onrecord.record.database` hands in."""

from alembic import context

from onrecord.record.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
