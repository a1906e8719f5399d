"""Importing a registry from a workbook."""
