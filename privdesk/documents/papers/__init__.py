"""The papers of the office, one module each: frozen data and ``build(data, language)``."""
