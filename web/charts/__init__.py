"""What figures look like: drawings, and the places of things in them."""
