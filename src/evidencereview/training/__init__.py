"""From training data to heads, and from labels to figures: nothing here is needed to review a form."""
