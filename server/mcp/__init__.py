"""The Model Context Protocol: tools and resources with which an assistant asks the graph, on stdio and over HTTP.

Only `protocol` and `stdio` import the SDK, which takes a second; nothing imports them before somebody asks.
"""
