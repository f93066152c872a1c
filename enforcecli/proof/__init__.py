"""What can be proven of a rulebook: every situation it knows, every small group of persons, the worked
examples kept beside it, and whether those examples would notice a change."""
