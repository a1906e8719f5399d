"""Write blocks as lines of text, the way that every dialect but HTML goes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from notifications.writing.dialects.structure import TAIL, Block, BlockKind, Composition, Run, Tone

Frame = tuple[str, str]
BARE: Frame = ("", "")


@dataclass(frozen=True, slots=True)
class LineDialect:
    """How a dialect writes: what goes around blocks and tones, how text is escaped, and where a line is left free.

    `begin` escapes what would mean something at the beginning of a block alone. No line is left free
    before a block of a kind in `tight`; with `lists_apart` one is, unless what stands before it is tight
    too. `rule` stands above the tail. With `keeps_breaks` a line that a template breaks stays broken.
    `subject` is the frame of the subject where it heads the body, because the service shows it nowhere
    else.
    """

    blocks: Mapping[BlockKind, Frame]
    link: Callable[[str, str], str]
    escape: Callable[[str], str] = str
    begin: Callable[[str], str] = str
    tones: Mapping[Tone, Frame] = field(default_factory=dict)
    tight: frozenset[BlockKind] = frozenset()
    lists_apart: bool = False
    rule: str = ""
    keeps_breaks: bool = False
    subject: Frame | None = None

    def write(self, composition: Composition) -> str:
        """Write the body, with a line end at its end."""
        head = [f"{self.subject[0]}{self.escape(composition.subject)}{self.subject[1]}\n"] if self.subject else []
        return "".join([*head, *self._lines(composition.blocks)]).strip("\n") + "\n"

    def _lines(self, blocks: Sequence[Block]) -> Iterator[str]:
        before: BlockKind | None = None
        for block in blocks:
            is_first_of_tail = block.kind in TAIL and before not in TAIL
            if is_first_of_tail or not self._is_tight(before, block.kind):
                yield "\n"
            if is_first_of_tail:
                yield self.rule
            opens, closes = self.blocks.get(block.kind, BARE)
            yield f"{opens}{self.begin(''.join(map(self._run, block.runs)))}{closes}\n"
            before = block.kind

    def _is_tight(self, before: BlockKind | None, kind: BlockKind) -> bool:
        return kind in self.tight and (before in self.tight or not self.lists_apart)

    def _run(self, run: Run) -> str:
        text = self.escape(run.text if self.keeps_breaks else run.text.replace("\n", " "))
        if run.href is not None:
            return self.link(text, run.href)
        opens, closes = self.tones.get(run.tone, BARE)
        return f"{opens}{text}{closes}"
