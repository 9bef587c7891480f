"""The command line: parse, call one workflow, print, exit."""


def main() -> None:
    """Run `cti`."""
    from ctimaturity.cli.app import app

    app()
