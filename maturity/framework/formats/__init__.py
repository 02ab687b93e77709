"""Readers and writers of framework files."""
