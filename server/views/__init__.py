"""What pages show, as plain records made from the graph."""
