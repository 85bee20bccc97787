"""Turn raw documents into a corpus worth training on: one module for each thing to remove.

``duplicates`` and ``near_duplicates`` remove copies, ``boilerplate`` repeated lines, ``language`` other languages,
``quality_rules`` and ``quality_classifier`` what is not prose; ``pipeline`` runs them one after the other and keeps
account of what each removed; ``mixture`` blends the sources that are left.

Source: Touvron et al., 2023, arXiv:2302.13971, section 2.1; Wenzek et al., 2020, CCNet, arXiv:1911.00359.
"""
