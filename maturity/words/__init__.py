"""What it says: messages, glossary, sentences built from numbers."""
