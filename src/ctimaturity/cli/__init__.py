"""The command line: parse, call one workflow, print, exit."""


def main() -> None:
    """Run `cti`; a traceback never reaches a user for anything that a user can cause."""
    from ctimaturity.cli.app import run

    run()
