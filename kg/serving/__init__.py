"""A graph behind the real Oxigraph server: SPARQL 1.1 Protocol on this machine, and a page to ask from."""
