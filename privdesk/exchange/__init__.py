"""Lists in and out: CSV, XLSX and JSON; mapping, dry run, rejects, safe export.

It knows fields and values, no register and no vault; whoever calls it matches rows
against what is stored.
"""
