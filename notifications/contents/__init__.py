"""What notices are about: read from the tables, and put together reader by reader."""
