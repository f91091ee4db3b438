"""The pages in a real browser; a package, so that the browser is closed when the last of these tests is done."""
