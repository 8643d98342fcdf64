"""The wing that reads figures and claims: numerals, what they measure, changes without a figure."""
