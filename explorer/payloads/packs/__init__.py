"""Domain packs: read and checked from TOML, and the records that their rules see."""
