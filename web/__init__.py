"""HTTP plumbing that the doors share."""
