"""The mathematics of Nabla: synchronous, without network, files or clock."""
