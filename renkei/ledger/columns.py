"""What the columns of a ledger mean."""

MEANINGS: dict[str, str] = {
    "title": "協定名",
    "partners": "相手方",
    "signed": "締結日",
    "ignored": "読まない",
}
