"""Find anything: one normalisation, an index that follows the journal, and answers checked against the rows."""
