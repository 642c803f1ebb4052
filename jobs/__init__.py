"""The door for time: what follows an event, and what runs on a schedule."""
