"""Writers, signers and editors for sample ledgers and lessons; never for real keys."""
