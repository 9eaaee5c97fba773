"""The nouns of the assessment: frozen dataclasses and enums, standard library only."""
