"""Restoring a backup from the start page, and its approval by a second officer."""
