"""The commands: thin, each a few calls of a flow or a service. None of them loads Qt."""
