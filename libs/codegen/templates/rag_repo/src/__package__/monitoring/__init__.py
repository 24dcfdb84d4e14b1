"""Are people still asking what the system was evaluated with?"""
