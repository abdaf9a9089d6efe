"""Checks what a certificate says of critical points, with exact numbers and balls alone: it trusts no other room."""
