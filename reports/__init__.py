"""Documents for the office, composed of plain values: Word, Excel and PDF."""
