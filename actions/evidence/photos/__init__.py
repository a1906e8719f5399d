"""Photos without what cameras write beside the picture: where it was taken, with what, by whom."""
