"""Every change and every look at personal data, in a signed Merkle log."""
