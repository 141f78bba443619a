from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.workers.wire import Ask, End, Failure, FrameKind, FrameReader, Head, Hello, Open, decode, frame, message

RECORDS = st.one_of(
    st.builds(Hello, protections=st.dictionaries(st.text(), st.booleans())),
    st.builds(Open, release=st.text()),
    st.builds(Ask),
    st.builds(Head),
    st.builds(End),
    st.builds(Failure, members=st.dictionaries(st.text(), st.integers(-9, 9) | st.text() | st.lists(st.text()))),
)
FRAMES = st.lists(st.one_of(RECORDS, st.binary(max_size=200)), max_size=8)


@given(FRAMES, st.lists(st.integers(1, 60), min_size=1))
def test_what_is_sent_is_received_however_it_is_cut(sent: list[object], sizes: list[int]) -> None:
    stream = b"".join(
        frame(FrameKind.DATA, item) if isinstance(item, bytes) else message(item)  # type: ignore[arg-type]
        for item in sent
    )
    reader, received, position, turn = FrameReader(), [], 0, 0
    while position < len(stream):
        size = sizes[turn % len(sizes)]
        received += reader.feed(stream[position : position + size])
        position, turn = position + size, turn + 1
    assert [payload if kind is FrameKind.DATA else decode(kind, payload) for kind, payload in received] == sent


def test_a_frame_that_is_not_whole_waits() -> None:
    reader, whole = FrameReader(), message(Open(release="x"))
    assert reader.feed(whole[:-1]) == []
    assert [kind for kind, _payload in reader.feed(whole[-1:])] == [FrameKind.OPEN]
    assert reader.feed(b"") == []


def test_what_is_no_frame_or_no_record_is_an_error() -> None:
    with pytest.raises(ValueError, match="99"):
        FrameReader().feed(b"\x63\x00\x00\x00\x00")
    for payload in (b"", b"\xc1", msgspec.msgpack.encode({"release": 1}), msgspec.msgpack.encode({})):
        with pytest.raises(msgspec.MsgspecError):
            decode(FrameKind.OPEN, payload)
