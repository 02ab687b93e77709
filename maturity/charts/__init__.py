"""Pictures: a DataFrame in, a finished chart out."""
