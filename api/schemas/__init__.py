"""What the JSON door answers with, one module per noun."""
