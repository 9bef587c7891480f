"""`python -m ctimaturity`, the same as `cti`."""

from ctimaturity.cli import main

if __name__ == "__main__":
    main()
