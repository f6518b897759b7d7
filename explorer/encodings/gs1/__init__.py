"""GS1 identifiers in their spellings: EPC URN, Digital Link, element string."""
