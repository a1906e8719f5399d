"""The JSON that commands print: the keys and their order are a contract. Instants are UTC, days ISO dates."""
