"""What the page *Today* is put together from: sections of tasks, calendar, cards."""
