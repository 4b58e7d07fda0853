"""Lists taken into a register: rehearsal, run, rejects, undo."""
