"""Write the templates into reports/templates."""

from reports.blank.writing import BLANKS
from reports.word import TEMPLATES

for name, content in BLANKS.items():
    (TEMPLATES / name).write_bytes(content())
