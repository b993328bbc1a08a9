"""Clauses with variants, and whole agreements made of them."""

from renkei.documents.clauses.library import Variant, variant, variants

__all__ = ["Variant", "variant", "variants"]
