"""Lists in and out on the screen: the import page and the export page."""
