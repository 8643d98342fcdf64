"""The marked report, part by part: what is marked, what is found, and how it becomes HTML."""
