"""The folder of results: tables, data package, manifest."""
