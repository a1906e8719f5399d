"""What the verbs of returns share: where one belongs, what it is made of, and which versions there are."""
