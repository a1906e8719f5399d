"""Mail over SMTP, one connection an account."""
