"""Who is bound to whom: the network of bodies, offices and routes, questions about it, and its layout."""
