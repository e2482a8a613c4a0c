"""Country outlines (Natural Earth, public domain) and the script that makes them."""
