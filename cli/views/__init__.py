"""What commands show of each subject: as a shape for JSON, and as tables."""
