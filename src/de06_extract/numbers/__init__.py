"""What a written figure stands for, and whether several can all be true."""
