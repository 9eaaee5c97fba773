"""What every request passes: registered hosts only, robots, one slot an address, a breaker for dead hosts."""
