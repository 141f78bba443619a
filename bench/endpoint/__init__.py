"""How fast the endpoint answers, beside other servers, over a synthetic corpus made through the real mapping."""
