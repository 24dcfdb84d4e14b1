"""The latest features of each entity, kept where a request finds them within milliseconds."""
