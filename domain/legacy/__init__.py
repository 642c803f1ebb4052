"""How the old shop wrote things down, and what they mean (spec/legacy-schema.md): pure, no database, no files."""
