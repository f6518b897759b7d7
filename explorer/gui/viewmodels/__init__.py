"""What the views show, decided without widgets."""
