"""The form of a record, made from its fields."""
