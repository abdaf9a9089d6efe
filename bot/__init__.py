"""The conversation: a Call comes in, a Reply goes out."""
