"""Are people still asking what the system was evaluated with, and is it still answered as well?"""
