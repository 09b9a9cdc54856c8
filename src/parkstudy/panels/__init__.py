"""Panels: what is alive in a notebook beside its exhibits. The truth is in the kernel, a browser shows it and says what a reader does."""
