"""The command line: parse, call one workflow, print, exit."""


def main() -> None:
    """Run `cti`; a traceback never reaches a user for anything that a user can cause."""
    try:
        from ctimaturity.cli.app import run

        run()
    except KeyboardInterrupt:  # while the modules were still being imported
        raise SystemExit(130) from None
