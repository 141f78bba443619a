"""Queries run in processes of their own: their pool, their limits, and what goes between them and the server."""
