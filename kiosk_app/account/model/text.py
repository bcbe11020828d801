"""Texts in the languages of the city; it holds none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LocalizedText:
    """One text in Czech and in English."""

    cs: str
    en: str

    def text_in(self, language: str) -> str:
        """The English text for "en", the Czech one for every other language."""
        return self.en if language == "en" else self.cs
