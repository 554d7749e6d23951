"""Writers of the graph, one format a module."""
