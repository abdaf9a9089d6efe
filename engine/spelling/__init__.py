"""Trees spelled out: plain text that can be typed again, Unicode, Typst, spoken words, decimals."""
