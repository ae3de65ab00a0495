"""The two people of the example: who changes the heating, and who has to live with it."""

from __future__ import annotations

from maps.drafts import DraftPersona

KATRIN = "Katrin Vogel"
WERNER = "Werner Vogel"


def demo_personas() -> tuple[DraftPersona, ...]:
    return (
        DraftPersona(
            name=KATRIN,
            role="Owner of the house, plans the change",
            motto="I don't need it perfect. I need to know what happens next.",
            color="violet",
            demographics="44, teacher\nMarried, two children (9 and 13)\nOwns a terraced house of 1978",
            background=(
                "The gas boiler came with the house. Katrin compares before she buys anything, keeps a folder for it, "
                "and has two evenings a week for such things. She has never led builders through her home before."
            ),
            goals="A warm house by October\nRunning costs she can foresee\nNot to be ashamed of it in ten years",
            needs="One person who answers\nA date that holds\nNumbers for her own house, not for an average one",
            frustrations="Offers that cannot be compared\nForms that ask twice\nBeing told to calm down",
            motivations="Her pupils ask what she does herself\nThe last gas bill\nThe grant ends next year",
            jobs_to_be_done=(
                "When the heating fails, help me choose a new one before winter, so that I don't regret it.\n"
                "When builders are in the house, help me keep the family going."
            ),
            channels=("E-mail", "Messenger", "Search engine", "Neighbours", "Phone at lunch break"),
            skills=(
                {"name": "Technology", "level": 65},
                {"name": "Money and grants", "level": 50},
                {"name": "Patience with forms", "level": 30},
                {"name": "Knows about heating", "level": 20},
            ),
            sections=(
                {"title": "What she says of installers", "text": "They are nice people who never write anything down."},
                {
                    "title": "A good day",
                    "text": "Both children out by 7:30, and nobody calls during lessons.",
                },
            ),
        ),
        DraftPersona(
            name=WERNER,
            role="Father-in-law, lives in the flat downstairs",
            motto="Forty years gas. It was always warm.",
            color="teal",
            demographics="72, retired engine fitter\nWidower\nLives in the two rooms on the ground floor",
            background=(
                "Werner looked after the boiler himself and knows its every sound. He is at home when builders come, "
                "so he meets everybody from the company; nobody has ever asked him anything."
            ),
            goals="Warm feet in the evening\nTo understand what stands in his cellar\nNot to be a burden",
            needs="Somebody who explains it at the machine\nKnobs he can turn\nBig letters",
            frustrations="Everything is an app\nBeing talked past\nNoise during his afternoon rest",
            motivations="His grandchildren's future, when they tell him of it\nA clean piece of work",
            jobs_to_be_done="When a new machine comes into the house, help me understand it, so that I can trust it.",
            channels=("Phone", "Letter", "Talk at the door", "Local paper"),
            skills=(
                {"name": "Technology", "level": 25},
                {"name": "Mechanics", "level": 90},
                {"name": "Patience", "level": 45},
                {"name": "Knows about heating", "level": 70},
            ),
            sections=({"title": "What wins him over", "text": "An installer who lets him hold the torch."},),
        ),
    )
