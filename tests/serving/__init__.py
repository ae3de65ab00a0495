"""Starting, refusing and stopping: servers as people run them."""
