"""What finds candidates: the learned detector, quotation marks, rules for direct speech."""
