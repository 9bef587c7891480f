"""The command line: parse, call one workflow, print, exit."""

import sys

_INSTALL = "install it again: python -m pip install --upgrade --force-reinstall ctimaturity"


def main() -> None:
    """Run `cti`; a traceback never reaches a user for anything that a user can cause."""
    try:
        _open_closed_streams()
        from ctimaturity.cli.app import run

        run()
    except KeyboardInterrupt:  # while the modules were still being imported
        raise SystemExit(130) from None
    except ImportError as error:  # of what it takes to say anything in a better way
        sys.stderr.write(f"cti: {error}\n  help: {_INSTALL}\n")
        raise SystemExit(2) from None


def _open_closed_streams() -> None:
    """Give a command that was started with `2>&-` a stream that leads nowhere.

    Without one, what is said to nobody would be an error; and the first file that is opened, such as one of
    the results, would be what libraries take for the terminal.
    """
    import os

    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is not None:
            continue
        descriptor = os.open(os.devnull, os.O_RDWR)
        if descriptor != number:
            os.dup2(descriptor, number)
            os.close(descriptor)
        setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115  (by number, for good)
