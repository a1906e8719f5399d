"""The parts of an import: what a registry file says against what is there."""
