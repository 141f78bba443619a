"""How fast the engines validate, whether they agree, and how long a change takes."""
