"""What is seen: exhibits, with the records behind their numbers."""
