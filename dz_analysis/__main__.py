"""The command `dz` for a Python that has no `dz` beside it: `python -m dz_analysis`."""

from dz_analysis.cli import main

if __name__ == "__main__":
    main()
