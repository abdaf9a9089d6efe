"""Gradient descent and the losses it is used on: paths, what a rate does, least squares, logistic regression."""
