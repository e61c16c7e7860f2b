"""What people write, and how it is read and shown: addresses, directions, invisible characters, search."""
