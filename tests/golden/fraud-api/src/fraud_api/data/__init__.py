"""Tables: the contract they keep, how cells are read, how columns become numbers."""
