"""What the demo's pages say of the most asked-for gammes; the others say what is known of them."""
