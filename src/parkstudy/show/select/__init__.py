"""What exhibits select: rows and facts by study and parameters, a module a subject. No words here, and no drawing."""
