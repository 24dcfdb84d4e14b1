"""What may not be asked, and what may not be answered: a port and its adapters."""
