"""The engines that can validate a graph, behind one small interface."""
