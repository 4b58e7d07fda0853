"""The page of a register: filters, table, detail, actions."""
