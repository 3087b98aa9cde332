"""What the prose of a page says: declarations, laws, conditions, and words that restrict them."""
