"""What can put a picture on a surface."""
