"""The tests mirror the apps; tests/e2e drives a browser, tests/js runs under node."""
