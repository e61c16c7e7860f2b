"""What reports have in common, whatever they count: a range of days, the words for numbers, the table as CSV."""
