"""What is printed: the tables, read, checked and turned into typed frames."""
