"""One table for each system of the field; all names are generic and invented."""
