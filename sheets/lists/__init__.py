"""Lists that leave the house, written row by row as a workbook, as text or as Parquet."""
