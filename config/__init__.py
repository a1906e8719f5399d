"""What is decided beforehand: settings, vocabulary, the campaign file, calendars, the registry."""
