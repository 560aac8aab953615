"""`python -m ingot`: the same as the command `ingot`."""

from ingot.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
