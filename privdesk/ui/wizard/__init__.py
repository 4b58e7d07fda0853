"""The first-run set-up: from the language to the list of what is still missing."""
