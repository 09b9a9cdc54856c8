"""What follows from what is printed: measures, coverage, the audit, the statements."""
