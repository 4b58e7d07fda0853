"""The table of a register, over a snapshot of any size."""
