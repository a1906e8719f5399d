"""Lists that leave the house: read row by row, inside a scope, while they are written."""
