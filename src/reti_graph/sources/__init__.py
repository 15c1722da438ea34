"""What the site's folder holds, read once, with the file and line of every statement."""
