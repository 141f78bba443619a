"""From a text to facts, by rules over dependency parses."""
