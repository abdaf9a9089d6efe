"""Pictures: typeset cards, contour maps, curves; each is made whole and comes back as bytes."""
