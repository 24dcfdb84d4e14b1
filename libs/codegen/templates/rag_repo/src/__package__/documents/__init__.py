"""Files in the form in which people keep them, read as documents."""
