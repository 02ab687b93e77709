"""The made-up city: a seed in, domain values out."""
