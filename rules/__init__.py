"""What follows from what was decided: pure functions over plain values, without a clock, a session or a setting."""
