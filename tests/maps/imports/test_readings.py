"""The readings that are not guesses, one story each."""

from __future__ import annotations

import pytest

from maps.drafts import DraftEmotion, MapDraft
from maps.imports import read_file, read_text
from maps.imports.cells import items_of
from maps.imports.feelings import feeling_of, valence_of
from maps.imports.labels import meaning_of, numbered


def cards_of(draft: MapDraft, lane: str, stage: int = 0) -> list[str]:
    number = next(place for place, found in enumerate(draft.lanes) if found.title == lane)
    return [card.text for card in draft.cards if (card.lane, card.stage) == (number, stage)]


def only_point(draft: MapDraft) -> DraftEmotion:
    assert len(draft.emotions) == 1
    return draft.emotions[0]


def test_commas_split_touchpoints_and_nothing_else() -> None:
    draft = read_text("Stage: Buy\nActions: looks, asks, pays\nTouchpoints: Shop, till (cash, card), 1,000 flyers\n")

    assert cards_of(draft, "Actions") == ["looks, asks, pays"]
    assert cards_of(draft, "Touchpoints") == ["Shop", "till (cash, card)", "1,000 flyers"]


def test_line_breaks_semicolons_and_list_marks_split_everywhere() -> None:
    draft = read_text("Stage: Buy\nActions: looks; asks\n- pays\n• thanks • leaves\n1) waves\n")

    assert cards_of(draft, "Actions") == ["looks", "asks", "pays", "thanks", "leaves", "waves"]


def test_notes_in_brackets_stay_in_the_text_and_tell_a_touchpoint_s_quality() -> None:
    draft = read_text(
        "Stage: Buy\nTouchpoints:\nChat (gap)\nShop (good)\nHotline (bad)\nCompany actions:\nNo ads (gap)\n"
    )

    told = [(card.text, card.quality, card.missing) for card in draft.cards]
    assert told == [
        ("Chat (gap)", None, True),
        ("Shop (good)", "good", False),
        ("Hotline (bad)", "bad", False),
        ("No ads (gap)", None, False),
    ]


@pytest.mark.parametrize("label", ["Your company actions", "Business actions", "Frontstage", "What we do"])
def test_what_the_company_does_is_the_frontstage(label: str) -> None:
    draft = read_text(f"Stage: Buy\nActions: looks\n{label}: greets\n")

    assert [(lane.kind, lane.title) for lane in draft.lanes] == [("actions", "Actions"), ("frontstage", label)]


@pytest.mark.parametrize(("score", "valence"), [(1, -100), (2, -50), (3, 0), (4, 50), (5, 100), (7, 100), (0, -100)])
def test_a_mermaid_score_is_a_valence(score: int, valence: int) -> None:
    draft = read_text(f"journey\n section Ride\n  First week: {score}: Marta\n")

    point = only_point(draft)
    assert (point.persona, point.valence, draft.stages[0].steps[0].title) == ("Marta", valence, "First week")


def test_a_mermaid_task_without_actors_is_felt_by_anybody() -> None:
    draft = read_text("journey\n section Ride\n  First week: 4\n  Home: 2: Marta\n")

    assert [(point.persona, point.valence) for point in draft.emotions] == [(None, 50), ("Marta", -50)]


def test_several_feelings_of_one_cell_are_one_point_with_all_their_words() -> None:
    draft = read_text("Stage: Buy\nActions: pays\nEmotions:\n- Happy 😀\n- Nervous about the price\n")

    point = only_point(draft)
    assert point.feeling == "Happy 😀, Nervous about the price"
    assert (point.emoji, point.note) == ("😀", "Happy 😀\nNervous about the price")
    assert point.valence == round((82 - 55) / 2)


def test_the_only_persona_owns_the_curve_and_several_do_not() -> None:
    alone = read_text("Persona: Rosa\nStage: Buy\nActions: pays\nEmotions: happy\n")
    several = read_text("Personas: Rosa; Ben\nStage: Buy\nActions: pays\nEmotions: happy\n")

    assert only_point(alone).persona == "Rosa"
    assert only_point(several).persona is None


def test_feelings_of_named_personas_are_points_of_their_own() -> None:
    draft = read_text("Personas: Rosa; Ben\nStage: Buy\nActions: pays\nEmotions:\nRosa: happy\nBen: annoyed\n")

    assert [(point.persona, point.feeling, point.valence) for point in draft.emotions] == [
        ("Rosa", "happy", 80),
        ("Ben", "annoyed", -70),
    ]


@pytest.mark.parametrize(
    ("said", "valence"),
    [
        ("happy", 80), ("not happy", -48), ("unhappy", -55), ("very nervous", -69), ("a bit nervous", -33),
        ("nicht zufrieden", -36), ("verärgert", -70), ("très inquiète", -50), ("muy feliz", 100), ("😡", -100),
        ("4/5", 50), ("8 out of 10", 60), ("★★☆☆☆", -50), ("", None), ("blue", None),
    ],
)  # fmt: skip
def test_words_and_emoji_have_a_valence(said: str, valence: int | None) -> None:
    assert valence_of(said) == valence


def test_a_long_feeling_is_shortened_between_words_and_kept_whole_in_the_note() -> None:
    said = "Hopeful that it will work out this time, " * 12

    feeling = feeling_of([said.strip()])

    assert len(feeling.words) <= 200
    assert feeling.words.endswith("…")
    assert feeling.note == said.strip()


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Customer action", "actions"), ("TOUCHPOINTS", "touchpoints"), ("Kontaktpunkte", "touchpoints"),
        ("Points de contact", "touchpoints"), ("Puntos de contacto", "touchpoints"), ("Gefühle:", "emotions"),
        ("Émotions", "emotions"), ("Schmerzpunkte", "pain_points"), ("Irritants", "pain_points"),
        ("Verbesserungsideen", "opportunities"), ("🎯 Goals", "goals"), ("KPIs", "metrics"), ("Quotes", "evidence"),
        ("Responsible team", "owners"), ("Backstage actions", "backstage"), ("Support processes", "support"),
        ("Pain Points / Frustrations", "pain_points"), ("**Channels**", "channels"),
    ],
)  # fmt: skip
def test_labels_are_known_in_four_languages(label: str, kind: str) -> None:
    meaning = meaning_of(label)
    assert meaning is not None
    assert (meaning.part, meaning.kind) == ("lane", kind)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("AWARENESS STAGE", "AWARENESS"), ("Stage 1: Awareness", "Awareness"), ("Phase 2 - Research", "Research"),
        ("Étape 1 : Découverte", "Découverte"), ("Etappe 3: Kauf", "Kauf"), ("FASE 2: COMPRA", "COMPRA"),
        ("1. Awareness stage", "Awareness"), ("Awareness Phase (week 1)", "Awareness (week 1)"),
        ("Phase I – Search", "Search"), ("Journey phase: Look", "Look"),
    ],
)  # fmt: skip
def test_heads_say_that_they_are_stages(head: str, title: str) -> None:
    found = numbered(head)
    assert found is not None
    assert (found.part, found.title) == ("stage", title)


@pytest.mark.parametrize("text", ["Stage goal: be seen", "First stage: look", "Next step: call", "Stages: A, B"])
def test_labels_about_stages_are_no_stages(text: str) -> None:
    assert numbered(text) is None


def test_the_goal_of_a_stage_is_the_stage_s_and_the_goal_above_all_the_map_s() -> None:
    draft = read_text("Goal: Sell more bread\n\nStage 1: Smell\nGoal: Be noticed\nActions: passes by\n")

    assert draft.objective == "Sell more bread"
    assert draft.stages[0].goal == "Be noticed"


def test_items_keep_their_own_colons_and_numbers() -> None:
    assert items_of("Google search: “bread”; open 24/7\n3-4 loaves", commas=False) == [
        "Google search: “bread”",
        "open 24/7",
        "3-4 loaves",
    ]


def test_a_title_too_long_is_shortened_and_left_over_whole() -> None:
    long = "word " * 80

    draft = read_text(f"Stage 1: {long.strip()}\nActions: looks\n\nStage 2: Buy\nActions: pays\n")

    assert len(draft.stages[0].title) <= 200
    assert long.strip() in draft.left_over


def test_a_card_too_long_becomes_several() -> None:
    draft = read_text("Stage 1: Buy\nActions: " + "word " * 5000)

    assert [len(card.text) <= 10_000 for card in draft.cards] == [True] * 3
    assert " ".join(card.text for card in draft.cards).split() == ["word"] * 5000


def test_notes_too_long_become_cards() -> None:
    aside = "\n".join(f"aside number {number} of the introduction" for number in range(600))

    draft = read_text(f"Bread\n\n{aside}\n\nStage 1: Buy\nActions: pays\n\nStage 2: Eat\nActions: eats\n")

    kept = draft.notes + "\n" + "\n".join(cards_of(draft, "Left over"))
    assert kept.split() == aside.split()


def test_a_file_without_a_title_is_called_like_the_file() -> None:
    assert read_file("spring_campaign-2.txt", b"Stage 1: Buy\nActions: pays\n").title == "Spring campaign 2"
    assert read_text("Stage 1: Buy\nActions: pays\n").title == "Imported map"
