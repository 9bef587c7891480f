"""The command line: parse, call one workflow, print, exit."""

import sys

_INSTALL = "install it again: python -m pip install --upgrade --force-reinstall ctimaturity"


def main() -> None:
    """Run `cti`; a traceback never reaches a user for anything that a user can cause."""
    try:
        from ctimaturity.cli.app import run

        run()
    except KeyboardInterrupt:  # while the modules were still being imported
        raise SystemExit(130) from None
    except ImportError as error:  # of what it takes to say anything in a better way
        sys.stderr.write(f"cti: {error}\n  help: {_INSTALL}\n")
        raise SystemExit(2) from None
