"""What changes a graph: who may write, the process that writes, and the endpoints of writing."""
