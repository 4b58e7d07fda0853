"""The encrypted vault: header, keys, engine, roll, backup and the search index."""
