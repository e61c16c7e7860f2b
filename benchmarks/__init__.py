"""How the product compares, side by side on one machine: `make bench`, explained in docs/performance.md."""
