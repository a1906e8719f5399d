"""What people and flows read: plain values out, nothing written."""
