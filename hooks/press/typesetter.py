"""WeasyPrint, imported where PDFs are wanted and can be made: the forge does so while a command reads and checks."""

from hooks.press import pdf

if pdf.wanted():
    pdf.missing()
