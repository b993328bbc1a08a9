"""Electronic signatures of PDFs: read apart, and made with the town's own certificate."""
