"""The pages of `docs/` that are made from the code, so that they cannot differ from it.

`python -m kg.docs` writes them; `python -m kg.docs --check` names every stale one and ends with exit code 1.
"""
