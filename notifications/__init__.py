"""What is said and how it gets there: messages, links, the outbox and its channels."""
