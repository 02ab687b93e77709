"""Who may: roles and permissions, without any library."""
