"""What waits and what is wrong, from the rules of every register: the page *Today*."""
