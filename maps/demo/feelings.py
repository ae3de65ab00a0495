"""The curves of the example: how both feel today, and how Katrin should feel tomorrow, one entry a column."""

from __future__ import annotations

from typing import Any


def felt(valence: int, feeling: str, emoji: str = "", note: str = "", *, decisive: bool = False) -> dict[str, Any]:
    return {"valence": valence, "feeling": feeling, "emoji": emoji, "note": note, "moment_of_truth": decisive}


FEELINGS: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    (
        felt(-70, "alarmed", "😨", "“The children stood in the kitchen in their coats.”"),
        felt(-30, "needed", "🔧", "“I got it going for another day.”"),
    ),
    (
        felt(-10, "torn", "🤔", "“Everybody has an opinion, nobody has a heat pump.”"),
        felt(-40, "suspicious", "🤨", "“That's for new houses.”"),
    ),
    (
        felt(35, "hopeful", "🙂", "“Seven questions, and it said: probably yes.”"),
        felt(-20, "left out", "😐"),
    ),
    (
        felt(70, "taken seriously", "😊", "“He lay on the cellar floor and measured. I trusted him.”", decisive=True),
        felt(45, "respected", "🙂", "“He let me hold the torch.”", decisive=True),
    ),
    (
        felt(-45, "overwhelmed", "😩", "“Three offers, three languages.”"),
        felt(-15, "sceptical", "🤨"),
    ),
    (
        felt(-65, "helpless", "😣", "“The portal logged me out with everything typed in.”"),
        felt(0, "indifferent", "😐"),
    ),
    (
        felt(40, "relieved", "😌", "“Signed. The folder is closed.”"),
        felt(-25, "worried", "😟", "“So much money.”"),
    ),
    (
        felt(-55, "forgotten", "😞", "“Eleven weeks, and I was the one who called.”"),
        felt(-35, "impatient", "😕"),
    ),
    (
        felt(-40, "besieged", "😫", "“Day four, and nobody said it would be five.”"),
        felt(30, "interested", "🧐", "“Clean pipework. I watched every joint.”"),
    ),
    (
        felt(80, "at home", "😍", "“It hums, and the floor is warm.”", decisive=True),
        felt(10, "surprised", "😮", "“Where is the flame?”"),
    ),
    (
        felt(55, "confirmed", "😃", "“Four hundred less than last winter.”"),
        felt(50, "convinced", "🙂"),
    ),
    (
        felt(60, "proud", "😎", "“I have shown it to three neighbours.”"),
        felt(65, "expert again", "😄", "“I know its sounds by now.”"),
    ),
)

TOMORROW: tuple[dict[str, Any], ...] = (
    felt(-40, "worried, with a plan", "😟"),
    felt(20, "guided", "🙂"),
    felt(50, "hopeful", "😊"),
    felt(75, "taken seriously", "😊", decisive=True),
    felt(35, "clear", "🙂"),
    felt(15, "accompanied", "🙂"),
    felt(60, "relieved", "😌"),
    felt(25, "informed", "🙂"),
    felt(10, "prepared", "😐"),
    felt(85, "at home", "😍", decisive=True),
    felt(60, "confirmed", "😃"),
    felt(70, "proud", "😎"),
)
