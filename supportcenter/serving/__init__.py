"""How requests and sockets get from an ASGI server to Django, and the one process that does it all."""
