"""Tables: rows of CSV files and of worksheets, as text."""
