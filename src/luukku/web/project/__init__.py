"""The Django project: settings from the environment, addresses, and the way it is served."""
