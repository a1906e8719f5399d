"""Evidence: what is taken, where it lies, and that no row is without its file."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from sqlalchemy import Engine

import actions.add_evidence as adding
from actions.add_evidence import NewEvidence, add_evidence
from actions.assignments.named import Named
from actions.complete import Answer, Completion, complete
from actions.evidence.kinds import find_kind
from actions.evidence.names import clean_name
from actions.house import House
from actions.reading.evidence import read_evidence
from actions.remove_evidence import remove_evidence
from actions.sweep_evidence import sweep_evidence
from actions.waive import waive
from config.errors import Refusal, Unknown
from config.settings import Settings
from config.vocabulary import EventKind
from models.evidence import Evidence
from models.scope import Scope
from tests import files
from tests.factories import CAMPAIGN, a_house_at_work, at
from tests.records import CAMPAIGN as CODE
from tests.records import events_of, every, work_of

ASKING = CAMPAIGN.replace("title: {zh: 培训, en: Training}", "title: {zh: 培训, en: Training}, evidence: true")
NOW = at("2009-09-15 10:00")
ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return a_house_at_work(engine, tmp_path / "home", branches=2, text=ASKING)


def paper(
    content: bytes = files.PDF, name: str = "plan.pdf", branch: str = "U1-1", task: str = "training"
) -> NewEvidence:
    return NewEvidence(branch, task, name, BytesIO(content), NOW, "OU1-1")


def stored(house: House) -> list[Path]:
    return [file for file in (house.home / "evidence").rglob("*") if file.is_file()]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.JPEG, "image/jpeg"),
        (files.PNG, "image/png"),
        (files.WEBP, "image/webp"),
        (files.HEIC, "image/heic"),
        (files.PDF, "application/pdf"),
        (files.office("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (files.office("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (
            files.office("ppt/presentation.xml"),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        (files.open_document("text"), "application/vnd.oasis.opendocument.text"),
        (files.compound("WordDocument"), "application/msword"),
        (files.compound("Workbook"), "application/vnd.ms-excel"),
        (files.compound("PowerPoint Document"), "application/vnd.ms-powerpoint"),
        (files.compound("__properties"), None),
        (files.zipped({"a.html": files.HTML}), None),
        (files.zipped({"mimetype": b"text/html"}), None),
        (files.open_document("text")[:60], None),
        (files.HTML, None),
        (files.SVG, None),
        (b"GIF89a" + bytes(32), None),
        (b"MZ" + bytes(200), None),
        (b"just words", None),
    ],
    ids=[
        "jpeg",
        "png",
        "webp",
        "heic",
        "pdf",
        "docx",
        "xlsx",
        "pptx",
        "odt",
        "doc",
        "xls",
        "ppt",
        "another compound file",
        "zip",
        "zip that claims to be html",
        "half a zip",
        "html",
        "svg",
        "gif",
        "program",
        "words",
    ],
)
def test_a_file_is_what_is_in_it(content: bytes, kind: str | None) -> None:
    assert find_kind(BytesIO(content)) == kind


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("plan.PDF", "plan.pdf"),
        ("C:\\Users\\me\\支部 计划.docx", "支部 计划.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\x00b\r\nc.pdf", "a_b_c.pdf"),
        ("photo\u202egpj.exe", "photo_gpj.pdf"),
        ("<script>.html", "script.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("x" * 300, "x" * 96 + ".pdf"),
    ],
)
def test_a_name_does_no_harm_and_ends_as_the_file_is(name: str, kept: str) -> None:
    assert clean_name(name, ".pdf") == kept


def test_of_a_photo_the_picture_is_kept_and_no_place(house: House) -> None:
    written = Image.Exif()
    written[Base.Orientation] = 6
    written.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (38.0, 25.0, 12.0)})
    taken = files.photo("JPEG", exif=written.tobytes())
    (number,) = add_evidence(house, CODE, [paper(taken, "meeting.jpg")])
    state, content = read_evidence(house, number)
    kept = b"".join(content)
    assert (state.size, every(house, Evidence)[0].digest) == (len(kept), sha256(kept).hexdigest())
    assert dict(Image.open(BytesIO(kept)).getexif()) == {Base.Orientation: 6}
    assert add_evidence(house, CODE, [paper(taken, "meeting.jpg")]) == (number,)


def test_a_damaged_photo_is_refused(house: House) -> None:
    with pytest.raises(Refusal, match="a: is damaged"):
        add_evidence(house, CODE, [paper(files.JPEG[:30], "a.jpg")])
    assert stored(house) == []


def test_a_file_is_kept_and_handed_out_to_those_who_may_see_the_branch(house: House) -> None:
    (number,) = add_evidence(house, CODE, [paper()])
    state, content = read_evidence(house, number)
    assert (state.name, state.media_type, state.size, b"".join(content)) == (
        "plan.pdf",
        "application/pdf",
        len(files.PDF),
        files.PDF,
    )
    assert [event.subject for event in events_of(house, EventKind.EVIDENCE_ADDED)] == ["U1-1 mobilization/training"]
    with pytest.raises(Unknown):
        read_evidence(house, number, scope=Scope(officers=frozenset({-1})))


@ONE
def test_the_same_file_twice_is_kept_once(house: House) -> None:
    assert add_evidence(house, CODE, [paper()]) == add_evidence(house, CODE, [paper(name="again.pdf")])
    assert (len(every(house, Evidence)), len(stored(house))) == (1, 1)


@ONE
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (paper(b""), "plan: is empty"),
        (paper(files.HTML), "plan: is no photo"),
        (paper(files.PDF + bytes(1024 * 1024)), "plan: is larger than 1 MB"),
        (paper(branch="nosuch"), "branch nosuch: not in the registry"),
        (paper(branch="../../U1-1"), "not in the registry"),
        (paper(task="dance"), "task dance: not in campaign"),
        (paper(branch="U1-2"), "U1-2 mobilization/training: is waived"),
    ],
    ids=["empty", "html", "too large", "unknown branch", "a path", "unknown task", "waived"],
)
def test_what_cannot_be_taken_leaves_nothing_behind(house: House, wrong: NewEvidence, said: str) -> None:
    small = House(Settings(home=house.home, evidence_megabytes=1), house.engine, house.seal)
    waive(house, CODE, Named("U1-2", "training"), reason="closed", actor="test", now=NOW)
    with pytest.raises(Refusal, match=said):
        add_evidence(small, CODE, [paper(name="good.pdf"), wrong])
    assert (every(house, Evidence), stored(house)) == ([], [])
    wrong.content.seek(0)


@ONE
def test_a_crash_between_file_and_row_leaves_an_orphan_that_the_sweep_removes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    (number,) = add_evidence(house, CODE, [paper()])

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(adding, "record", die)
        with pytest.raises(KeyboardInterrupt):
            add_evidence(house, CODE, [paper(files.JPEG, "photo.jpg")])
    assert [kept.id for kept in every(house, Evidence)] == [number]
    assert len(stored(house)) == 2
    now = at("2100-01-01 00:00")
    assert sweep_evidence(house, now=now - timedelta(days=36_500)) == 0  # what is young may be about to be named
    assert (sweep_evidence(house, now=now), len(stored(house))) == (1, 1)
    assert b"".join(read_evidence(house, number)[1]) == files.PDF


class Breaks(BytesIO):
    """A file that is looked at, and breaks off while it is written: at its sixth reading."""

    readings = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.readings += 1
        if self.readings > 5:
            raise KeyboardInterrupt
        return super().read(size)


@ONE
def test_what_is_written_half_has_no_name_that_anybody_looks_for(house: House) -> None:
    half = NewEvidence("U1-1", "training", "plan.pdf", Breaks(files.PDF + bytes(100_000)), NOW, "OU1-1")
    with pytest.raises(KeyboardInterrupt):
        add_evidence(house, CODE, [half])
    (draft,) = stored(house)
    assert (draft.parent.name, every(house, Evidence)) == (".drafts", [])
    assert draft.stat().st_size < 100_000


@pytest.fixture
def bucket() -> Iterator[str]:
    yield "memory://bucket/rollcall"
    MemoryFileSystem.store.clear()


@ONE
def test_a_bucket_takes_the_place_of_a_folder(house: House, bucket: str) -> None:
    elsewhere = House(Settings(home=house.home, evidence=bucket), house.engine, house.seal)
    (number,) = add_evidence(elsewhere, CODE, [paper()])
    assert b"".join(read_evidence(elsewhere, number)[1]) == files.PDF
    assert (stored(house), len(MemoryFileSystem.store)) == ([], 1)
    assert remove_evidence(elsewhere, number, actor="OU1-1", now=NOW)
    assert len(MemoryFileSystem.store) == 0


@ONE
def test_a_store_that_cannot_be_had_is_refused_in_one_line(house: House) -> None:
    nowhere = House(Settings(home=house.home, evidence="nosuch://bucket"), house.engine, house.seal)
    with pytest.raises(Refusal, match="ROLLCALL_EVIDENCE: cannot be used"):
        add_evidence(nowhere, CODE, [paper()])


def test_work_that_asks_for_evidence_is_not_done_without(house: House) -> None:
    answer = Answer("U1-1", "training", NOW, "OU1-1")
    with pytest.raises(Refusal, match=r"U1-1 mobilization/training: asks for evidence; add a photo"):
        complete(house, CODE, [answer])
    (number,) = add_evidence(house, CODE, [paper()])
    remove_evidence(house, number, actor="OU1-1", now=NOW)
    with pytest.raises(Refusal, match="asks for evidence"):
        complete(house, CODE, [answer])
    add_evidence(house, CODE, [paper()])
    (receipt,) = complete(house, CODE, [answer])
    assert receipt.completion is Completion.COMPLETED


def test_what_an_answer_rests_on_is_not_removed(house: House) -> None:
    (number,) = add_evidence(house, CODE, [paper()])
    complete(house, CODE, [Answer("U1-1", "training", NOW, "OU1-1")])
    with pytest.raises(Refusal, match="is settled; reopen it before evidence is removed"):
        remove_evidence(house, number, actor="OU1-1", now=NOW)
    assert len(stored(house)) == 1


def test_a_file_that_was_removed_is_gone_and_its_name_stays_on_record(house: House) -> None:
    (number,) = add_evidence(house, CODE, [paper()])
    assert remove_evidence(house, number, actor="OU1-1", now=NOW)
    assert not remove_evidence(house, number, actor="OU1-1", now=NOW)
    with pytest.raises(Unknown):
        read_evidence(house, number)
    with pytest.raises(Unknown):
        remove_evidence(house, number, actor="x", now=NOW, scope=Scope(officers=frozenset({-1})))
    assert stored(house) == []
    (event,) = events_of(house, EventKind.EVIDENCE_REMOVED)
    assert '"plan.pdf"' in (event.before or "")
    assert work_of(house, "U1-1", "training").status == "open"
