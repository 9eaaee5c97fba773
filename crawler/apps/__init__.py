"""Mobile apps: is the package behind a download link really there, is the app in its store?"""
