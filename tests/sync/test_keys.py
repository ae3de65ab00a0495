"""A change is written exactly once, however often and by however many it is sent, and spoils nobody else's."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from django.db import connections

from journeymap.core.errors import Conflict, Forbidden, Problem
from journeymap.sync.changes import Outcome, commit
from journeymap.sync.models import Change, ChangeKey, Document
from journeymap.sync.requests import change_request
from journeymap.sync.writer import apply, writer
from tests.boards import Board, assert_history, assert_replay, board, delete, insert, set_, text
from tests.cast import Cast, make_cast

DRAWING = "Find: search, ask\n actions: Reads / Asks"


@pytest.fixture
def drawn(cast: Cast) -> Board:
    return board(cast, DRAWING)


def request_of(drawn: Board, who: Any, *ops: Any, key: UUID | None = None) -> Any:
    wire = {"key": str(key or uuid4()), "ops": list(ops)}
    return change_request(drawn.kind, wire, actor=drawn.cast.actor(who), origin="rest")


def test_a_key_sent_again_gets_its_answer_again_and_does_nothing(drawn: Board) -> None:
    edith, key = drawn.cast.edith, uuid4()
    op = text("card", drawn["Reads"], "text", drawn.seq, "Now ")
    first = drawn.change(edith, op, key=key)
    drawn.change(edith, set_("card", drawn["Reads"], text="Else"))
    again = drawn.change(edith, op, key=key)
    assert again.repeated
    assert again.entry is not None
    assert first.entry is not None
    assert orjson.dumps(again.entry.as_wire()) == orjson.dumps(first.entry.as_wire())
    assert drawn.record("card", "Reads")["text"] == "Else"


def test_the_same_key_with_other_operations_is_a_conflict(drawn: Board) -> None:
    edith, key, card = drawn.cast.edith, uuid4(), drawn["Reads"]
    drawn.change(edith, set_("card", card, color="pink", span=2), key=key)
    turned = {"fields": {"span": 2, "color": "pink"}, "id": card, "type": "card", "op": "set"}
    assert drawn.change(edith, turned, key=key).repeated
    with pytest.raises(Conflict) as refused:
        drawn.change(edith, set_("card", card, color="pink"), key=key)
    assert refused.value.code == "key_in_use"
    with pytest.raises(Conflict):
        drawn.undo(edith, key=key)


def test_the_keys_of_noops_and_of_undos_without_effect_are_kept(drawn: Board) -> None:
    edith, key, undo_key = drawn.cast.edith, uuid4(), uuid4()
    assert drawn.change(edith, set_("card", drawn["Reads"], color="yellow"), key=key).noop
    drawn.change(drawn.cast.olive, set_("card", drawn["Reads"], color="red"))
    assert drawn.change(edith, set_("card", drawn["Reads"], color="yellow"), key=key).noop
    assert drawn.record("card", "Reads")["color"] == "red"
    made = drawn.change(edith, set_("card", drawn["Asks"], color="pink")).key
    drawn.change(drawn.cast.olive, set_("card", drawn["Asks"], color="blue"))
    assert drawn.undo(edith, made, key=undo_key).noop
    drawn.change(drawn.cast.olive, set_("card", drawn["Asks"], color="pink"))
    assert drawn.undo(edith, made, key=undo_key).noop
    assert drawn.record("card", "Asks")["color"] == "pink"
    assert ChangeKey.objects.filter(document_id=drawn.id, seq=None).count() == 2


def test_a_key_answers_even_after_its_change_was_compacted(drawn: Board) -> None:
    edith, key = drawn.cast.edith, uuid4()
    op = set_("card", drawn["Reads"], color="pink")
    seq = drawn.change(edith, op, key=key).seq
    Change.objects.filter(document_id=drawn.id, seq=seq).delete()
    again = drawn.change(edith, op, key=key)
    assert (again.seq, again.repeated, again.entry) == (seq, True, None)


def test_a_refused_key_may_be_used_again(drawn: Board) -> None:
    edith, key, step = drawn.cast.edith, uuid4(), str(uuid4())
    op = insert("card", lane=drawn["actions"], step=step, text="Waits")
    with pytest.raises(Problem):
        drawn.change(edith, op, key=key)
    drawn.change(edith, insert("step", step, stage=drawn["Find"]))
    assert not drawn.change(edith, op, key=key).noop


def test_a_key_belongs_to_one_document(drawn: Board) -> None:
    other, key = board(drawn.cast, DRAWING), uuid4()
    drawn.change(drawn.cast.edith, set_("card", drawn["Reads"], color="pink"), key=key)
    assert not other.change(drawn.cast.edith, set_("card", other["Reads"], color="pink"), key=key).repeated


def test_another_log_is_a_conflict_unless_the_key_is_known(drawn: Board) -> None:
    key, actor = uuid4(), drawn.cast.actor(drawn.cast.edith)
    log = Document.objects.values_list("log", flat=True).get(pk=drawn.id)
    wire = {"key": str(key), "ops": [set_("card", drawn["Reads"], color="pink")], "log": str(log)}
    apply(drawn.id, change_request(drawn.kind, wire, actor=actor, origin="rest"))
    Document.objects.filter(pk=drawn.id).update(log=uuid4())
    assert apply(drawn.id, change_request(drawn.kind, wire, actor=actor, origin="rest")).repeated
    fresh = wire | {"key": str(uuid4())}
    with pytest.raises(Conflict) as refused:
        apply(drawn.id, change_request(drawn.kind, fresh, actor=actor, origin="rest"))
    assert refused.value.code == "other_log"


def test_one_bad_change_of_a_transaction_does_not_spoil_its_neighbours(drawn: Board) -> None:
    before, edith, card = drawn.document(), drawn.cast.edith, drawn["Reads"]
    results = commit(
        drawn.id,
        [
            request_of(drawn, edith, set_("card", card, color="pink")),
            request_of(drawn, edith, insert("card", lane=drawn["actions"], step=str(uuid4()), text="?")),
            request_of(drawn, drawn.cast.victor, delete("stage", drawn["Find"])),
            request_of(drawn, edith, set_("card", card, span=2)),
        ],
    )
    kinds = [type(result).__name__ for result in results]
    assert kinds == ["Outcome", "Gone", "Forbidden", "Outcome"]
    assert [result.seq for result in results if isinstance(result, Outcome)] == [before["seq"] + 1, before["seq"] + 2]
    assert_replay(drawn, before)


def test_a_rule_of_the_database_stops_one_change_only(drawn: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a check ever be missing, the constraint answers for it, and only to who broke it."""
    monkeypatch.setitem(drawn.kind.types["card"].fields["span"].__dict__, "check", lambda value: value)
    before, edith, card = drawn.document(), drawn.cast.edith, drawn["Reads"]
    edits: list[Any] = [{"span": 3}, {"span": 0}, {"color": "red"}]
    requests = [request_of(drawn, edith, set_("card", card, **fields)) for fields in edits]
    results = commit(drawn.id, requests)
    assert [type(result).__name__ for result in results] == ["Outcome", "Conflict", "Outcome"]
    assert (drawn.record("card", "Reads")["span"], drawn.record("card", "Reads")["color"]) == (3, "red")
    assert_replay(drawn, before)


def test_there_is_no_document_to_change_without_one(drawn: Board) -> None:
    with pytest.raises(Problem) as refused:
        apply(uuid4(), request_of(drawn, drawn.cast.edith, set_("card", drawn["Reads"], color="pink")))
    assert refused.value.status == 404


# Threads


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """What every piece of work gave or raised, all begun at the same moment in threads of their own."""
    results: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(index: int, work: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[index] = work()
        except Exception as error:  # noqa: BLE001 - what it is, is the caller's to judge
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_eight_write_at_once_on_two_maps_and_nothing_is_locked_lost_or_doubled() -> None:
    """Half of it goes through the queue of the writer, half straight into transactions of its own."""
    cast = make_cast()
    maps = [board(cast, DRAWING), board(cast, DRAWING)]
    before = [drawn.document() for drawn in maps]

    def write_as(number: int) -> Callable[[], int]:
        return lambda: write(number)

    def write(number: int) -> int:
        drawn, done = maps[number % 2], 0
        for at in range(12):
            request = request_of(drawn, cast.edith, *_ops(drawn, number, at))
            if number < 4:
                apply(drawn.id, request)
            else:
                [result] = commit(drawn.id, [request])
                assert isinstance(result, Outcome), result
            done += 1
        return done

    results = at_once([write_as(number) for number in range(8)])
    assert results == [12] * 8, [result for result in results if result != 12]
    for drawn, stale in zip(maps, before, strict=True):
        assert drawn.seq == stale["seq"] + 48
        assert_replay(drawn, stale)
        assert_history(drawn)
        ranks = [card["rank"] for card in drawn.document()["cards"] if card["step"] == drawn["search"]]
        assert len(set(ranks)) == len(ranks)
        assert len(drawn.record("card", "Asks")["text"]) == len("Asks") + 16


def _ops(drawn: Board, number: int, at: int) -> list[Any]:
    if at % 3 == 0:
        return [text("card", drawn["Asks"], "text", drawn.seq, "x")]
    if at % 3 == 1:
        return [
            insert("card", lane=drawn["actions"], step=drawn["search"], text=f"{number}.{at}", after=drawn["Reads"])
        ]
    return [set_("card", drawn["Reads"], tags={"add": [f"{number}.{at}"]})]


@pytest.mark.django_db(transaction=True)
def test_the_same_changes_sent_by_several_at_once_are_written_once() -> None:
    cast = make_cast()
    drawn = board(cast, DRAWING)
    before = drawn.document()
    requests = [
        request_of(drawn, cast.edith, set_("card", drawn["Reads"], tags={"add": [str(at)]})) for at in range(10)
    ]

    def send() -> Counter[bool]:
        return Counter(apply(drawn.id, request).repeated for request in requests)

    results = at_once([send] * 4)
    assert sum((Counter(result) for result in results), Counter()) == {False: 10, True: 30}
    assert sorted(drawn.record("card", "Reads")["tags"]) == [str(at) for at in range(10)]
    assert drawn.seq == before["seq"] + 10
    assert_replay(drawn, before)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_one_text_at_once_keep_every_letter() -> None:
    cast = make_cast()
    drawn = board(cast, "Find: search\n actions: Reads")
    base, before = drawn.seq, drawn.document()

    def write(person: Any, letter: str) -> None:
        seen = base
        for at in range(15):
            seen = drawn.change(person, text("card", drawn["Reads"], "text", seen, *([at] if at else []), letter)).seq

    assert at_once([lambda: write(cast.edith, "e"), lambda: write(cast.olive, "o")]) == [None, None]
    written = drawn.record("card", "Reads")["text"]
    assert (written.count("e"), written.count("o"), len(written)) == (16, 15, 35)
    assert_replay(drawn, before)


@pytest.mark.django_db(transaction=True)
def test_what_waits_in_the_queue_goes_into_one_transaction_in_order() -> None:
    cast = make_cast()
    drawn = board(cast, DRAWING)
    before = drawn.document()
    futures: list[Future[Outcome]] = [
        writer().enqueue(drawn.id, request_of(drawn, cast.victor if at == 5 else cast.edith, _tag(drawn, at)))
        for at in range(40)
    ]
    errors = [future.exception(timeout=30) for future in futures]
    assert [index for index, error in enumerate(errors) if isinstance(error, Forbidden)] == [5]
    seqs = [future.result().seq for future, error in zip(futures, errors, strict=True) if error is None]
    assert seqs == list(range(before["seq"] + 1, before["seq"] + 40))
    assert drawn.record("card", "Reads")["tags"] == [str(at) for at in range(40) if at != 5]


def _tag(drawn: Board, at: int) -> Any:
    return set_("card", drawn["Reads"], tags={"add": [str(at)]})
