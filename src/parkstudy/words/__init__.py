"""How it is said: words and numbers as a reader sees them."""
