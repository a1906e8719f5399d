"""Sheets that leave the house: workbooks to fill in, and lists as workbooks, as text and as Parquet."""
