"""An app more for the site: sockets that anybody may open, and that publish and block when asked to."""
