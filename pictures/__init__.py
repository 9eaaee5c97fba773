"""Pictures as SVG and PNG: data in, text or bytes out. What is drawn is worked out here; Altair draws it."""
