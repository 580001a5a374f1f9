"""Speed and size, measured by ratios in one run."""
