"""The page of the visit book."""
