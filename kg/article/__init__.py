"""Reading: files to articles with their text, blocks, stated dates and cited sources."""
