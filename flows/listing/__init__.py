"""Lists of articles in the forms that publishers give them."""
