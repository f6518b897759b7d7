"""What the window is made of: colours, type, marks, icons, controls, tables."""
