"""Casualties in languages of free word order: case and sense tell what a word is to the verb.

One reading for all of them: the words of ``seeds/lexicons/<code>/casualties.toml`` find their
people on either side within the clause.
"""
