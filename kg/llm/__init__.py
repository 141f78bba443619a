"""A language model as a second extractor: off unless asked for, because the articles then leave the machine."""
