"""Speed, measured as ratios (docs/performance.md)."""
