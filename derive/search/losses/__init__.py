"""What holds between two losses: exact, affine, same ordering, same minimiser, a law behind it."""
