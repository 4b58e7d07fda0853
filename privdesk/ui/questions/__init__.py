"""Questions of an inspection, all on one page: answered with a key each, recorded together."""
