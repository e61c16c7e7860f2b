"""What people write, and how it is read and shown: addresses, the direction of a line, marks that are not seen."""
