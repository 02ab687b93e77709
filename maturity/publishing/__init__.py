"""What leaves the house. Reports and the public site arrive with a later issue."""
