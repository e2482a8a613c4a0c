"""Casualty claims: find what the text says, resolve what it means, add up an incident."""
