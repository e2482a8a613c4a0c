"""Rows of the ledger in the forms that other tools read."""
