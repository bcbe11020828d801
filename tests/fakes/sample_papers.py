"""Draws the PDF files of the sample city's documents with Qt; run when their words change.

    python -m tests.fakes.sample_papers

Their making is not repeatable to the byte (a PDF carries its time), so the files are committed.
"""

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPageSize, QPainter, QPdfWriter

from kiosk_app.gateway.sample_city.creation import PAPERS

DOTS_PER_INCH: Final = 300
PAPERS_OF_CITY: Final = {
    "ROZ-9000051": (
        "Usnesení o prodloužení lhůty",
        "Resolution on a longer time limit",
        "Stavební úřad prodlužuje lhůtu k doložení podkladů stavebního řízení.",
    ),
    "ROZ-9000052": (
        "Rezidentní parkovací oprávnění",
        "Resident parking permit",
        "Oprávnění platí pro jedno vozidlo v zóně A.",
    ),
    "ROZ-9000053": (
        "Povolení k užívání veřejného prostranství",
        "Permit for the use of public space",
        "Povoluje se předzahrádka o ploše 12 m².",
    ),
    "ZIV-9000811": (
        "Výpis z živnostenského rejstříku",
        "Extract from the trade register",
        "Ohlašovací živnost řemeslná: hostinská činnost.",
    ),
}


def draw(number: str, title: str, english: str, words: str, file: Path) -> None:
    """One page A4 that says three times that it is a sample."""
    writer = QPdfWriter(str(file))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(25, 25, 25, 25))
    writer.setResolution(DOTS_PER_INCH)
    writer.setTitle(f"{title} (VZOR)")
    writer.setCreator("Otevřené město: sample city")
    painter = QPainter(writer)
    width = painter.viewport().width()
    y = 0.0
    for text, size, bold in (
        ("STATUTÁRNÍ MĚSTO VZOROV – VZOR / SAMPLE", 11, False),
        (title, 22, True),
        (english, 14, False),
        (f"Číslo / Number: {number}", 12, False),
        (words, 12, False),
        ("Toto je vzorová listina smyšleného města. Není platná.", 12, True),
        ("This is a sample paper of an invented city. It is not valid.", 12, False),
    ):
        painter.setFont(QFont("Inter", size, QFont.Weight.Bold if bold else QFont.Weight.Normal))
        room = QRectF(0, y, width, 2000)
        flags = int(Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, text)
        y += painter.boundingRect(room, flags, text).height() + size * 8
    painter.translate(width / 2, painter.viewport().height() * 0.65)
    painter.rotate(-35)
    painter.setPen(QColor(200, 40, 40, 90))
    painter.setFont(QFont("Inter", 110, QFont.Weight.Bold))
    painter.drawText(QRectF(-1500, -400, 3000, 800), int(Qt.AlignmentFlag.AlignCenter), "VZOR")
    painter.end()


def main() -> int:
    """Draw all of them into the sample city."""
    app = QGuiApplication(["sample-papers", "-platform", "offscreen"])
    PAPERS.mkdir(exist_ok=True)
    for number, (title, english, words) in PAPERS_OF_CITY.items():
        draw(number, title, english, words, PAPERS / f"{number}.pdf")
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
