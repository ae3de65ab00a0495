"""What `manage.py` can do for the running of the whole."""
