"""The commands of `tollbook`, one module each."""
