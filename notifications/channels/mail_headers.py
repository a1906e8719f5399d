"""Write words into a mail's header so that they stay words: no line of them begins another header."""

import re
from email.header import Header

LONGEST_PLAIN = 60
SPECIAL = re.compile(r'[()<>\[\]:;@\\,."]|=\?')
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def encoded(header: str, words: str, newline: str = "\n") -> str:
    """Encode the words of a header: as they are where that is safe, else as encoded words (RFC 2047) in short lines."""
    one_line = CONTROL.sub("", " ".join(words.split()))
    if one_line.isascii() and len(one_line) <= LONGEST_PLAIN and not SPECIAL.search(one_line):
        return one_line
    return Header(one_line, "utf-8", header_name=header).encode(linesep=newline)
