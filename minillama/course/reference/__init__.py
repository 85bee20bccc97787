"""One file per chapter: answers that the package itself does not contain."""
