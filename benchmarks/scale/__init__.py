"""How a site grows: made-up sites of any size, and what building them costs."""
