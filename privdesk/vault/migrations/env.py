"""Alembic's environment: runs on the connection it is given, inside its transaction."""

from alembic import context

from privdesk.vault.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
