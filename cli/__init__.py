"""The command `rollcall`: it prints, and decides nothing."""
