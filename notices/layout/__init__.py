"""Makes the Word templates from the measures of GB/T 9704: `python -m notices.layout`."""
