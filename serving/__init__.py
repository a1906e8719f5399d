"""The processes of the embedded default: started, watched, reaped, stopped."""
