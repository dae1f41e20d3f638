"""What QFX buys, measured: one command per experiment; docs/qfx.md has the results."""
