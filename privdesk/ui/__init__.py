"""The desk on the screen: shell, unlock, set-up, theme and task runner.

Importing this package loads nothing of Qt; each module says what it needs.
"""
