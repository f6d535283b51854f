"""`python -m dz_analysis.suite [NAME …]`: run the published notebooks again and store them."""

from __future__ import annotations

import sys

from dz_analysis.suite.runner import NotebookError, refresh_notebooks


def main(names: list[str]) -> int:
    """Refresh the notebooks named, or all, and say which; 2 if one stopped."""
    try:
        runs = refresh_notebooks(names)
    except (NotebookError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(run.name for run in runs))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
