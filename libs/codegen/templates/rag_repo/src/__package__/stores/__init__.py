"""Where passages and their vectors are kept and found: a port and its adapters."""
