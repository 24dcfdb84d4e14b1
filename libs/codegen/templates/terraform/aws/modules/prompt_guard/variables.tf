# It takes nothing.
