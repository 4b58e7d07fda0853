"""Search and tables over a million people: list lines and an index of grams in ``search.db``.

Everything here works at driver level on one DB-API connection to which the file is
attached as ``search``; nobody outside ``vault`` needs its SQL.
"""
