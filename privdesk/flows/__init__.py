"""Procedures that cross registers: set-up, intake, destruction. They own no tables."""
