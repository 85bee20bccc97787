"""Encyclopedia articles in English, German, French and Spanish; the same truth in all. They imitate Wikipedia."""

from .articles import write_article as write_article
