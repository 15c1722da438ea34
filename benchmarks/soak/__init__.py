"""Ten minutes of mixed load while one release follows another, and every answer is checked."""
