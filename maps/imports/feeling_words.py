"""Words and emoji of feeling with their valence, from -100 to +100: a small table of our own."""

from __future__ import annotations

# value: words, in English, German, French and Spanish, without accents. A trailing * matches any ending.
WORDS: dict[int, str] = {
    95: """
        delight* ecstatic thrilled overjoyed elated amazed amazing blissful begeistert uberglucklich
        ravi* enchant* encantad*
    """,
    80: """
        happy happiness joy joyful excit* love* loving enthusias* proud pride fantastic excellent
        awesome wonderful grateful gratitude glucklich* freude freut* freudig stolz* dankbar* fier
        fiere heureux heureuse joie feliz felices alegr* orgullos* emocionad* entusias* agradecid*
        euphori* content* enjoy* celebrat* inspir* perfect empowered valued impressed beeindruckt
        impressionne impresionad* liebt*
    """,
    60: """
        satisf* pleased glad cheerful confident confidence positive reliev* relief reassured trust
        trusting trusts loyal good great zufrieden* erleichter* zuversicht* sicher vertrau* gut
        positiv* soulage* satisfait* confian* rassure* bien bon bueno contento satisfech* aliviad*
        confiad* segur* tranquil* motivated motiviert accomplished supported appreciated welcome
        welcomed comfortable secure energized energised eager convinced uberzeugt high hoch alto
        eleve fun smooth easy einfach facile facil
    """,
    40: """
        hope* hoffnung* hoffentlich hoffnungsvoll* optimis* curious curiosity interest* intrigu*
        neugier* interessier* gespannt espoir espera* esperanzad* curieu* curios* interesad* ready
        willing willingness helpful engaged anticipat* vorfreude calm relaxed ruhig entspannt
        serein* calme relajad* informed determined entschlossen capable committed familiar
    """,
    15: "okay ok fine acceptable decent akzeptabel correct aceptable passt",
    0: """
        neutral indifferent meh gleichgultig neutre indifferen* indiferent* unbeteiligt mixed
        gemischt medium mittel moderate
    """,
    -20: """
        cautious careful vorsichtig prudent* cautelos* surpris* uberrascht unsicherheit hesitan*
        zogerlich zogernd reserved wary ambivalen* waiting wartend bored boring boredom
        gelangweilt langeweile ennui ennuye* aburrid* tired mude fatigue* cansad*
    """,
    -40: """
        unsure uncertain* doubt* skeptic* sceptic* skepti* sceptique* escept* unsicher* zweifel*
        incertain* incert* dudos* dudas duda insegur* confus* perplex* verwirr* confund* desorient*
        impatien* ungeduld* concern* besorg* preocupad* inquiet* preoccupe* disinterest* apathetic
        apathy reluctant suspicious distrust* mistrust* misstrau* mefian* desconfian* hurried rushed
        uneasy unruhig pressured
    """,
    -55: """
        nervous worr* anxious anxiety overwhelm* stress* disappoint* nervos* angst* sorgen gestresst
        uberfordert uberwaltigt enttausch* nerveu* anxieu* debord* stresse* decu* deception nervios*
        ansios* abrumad* agobiad* decepcion* estresad* insecure lonely alone einsam solo seul* lost
        verloren perdu* perdid* sad sadness traurig* triste* negative negativ* bad low niedrig bajo
        bas schlecht mauvais* malo mal embarrass* peinlich verlegen afraid fear* scared frightened
        unhappy discouraged entmutigt decourage* desanimad* poor trapped neglected ignored abandoned
        guilt* regret* schwierig difficult difficile* dificil tense difficulty effortful burden*
        buyer's-remorse remorse
    """,
    -70: """
        frustrat* annoy* irritat* upset frustrier* genervt verargert argerlich* arger agace* enerve*
        contrarie* molest* irritad* unzufrieden* insatisfait* mecontent* insatisfech* dissatisf*
        distress* exhausted erschopft epuise* agotad* unimpressed helpless hilflos impuissan*
        panick* panic panik* betray* resent* humiliat* terrible awful horrible
    """,
    -90: """
        angry anger furious outrag* rage wutend wut zornig hass* hate* colere furieu* furios*
        enfadad* enojad* despair* desperat* verzweifel* desespere* desesperad* devastated
    """,
}  # fmt: skip

# Words that turn the following feeling round, make it stronger or weaker.
NOT = frozenset(
    """
    not no never without hardly isn't aren't don't doesn't didn't wasn't can't won't nicht kein
    keine keinen nie ohne kaum pas sans jamais ne peu ni sin nunca
    """.split()
)
STRONGER = frozenset(
    """
    very really extremely so super highly totally incredibly deeply quite increasingly sehr total
    extrem ausserst ganz tres vraiment extremement muy realmente sumamente
    """.split()
)
WEAKER = frozenset(
    """
    slightly somewhat bit little mildly fairly rather kinda etwas leicht bisschen eher ziemlich
    legerement poco algo
    """.split()
)

PHRASES: dict[str, int] = {
    "fed up": -75, "let down": -60, "in control": 55, "at ease": 60, "on edge": -55, "peace of mind": 65,
    "looking forward": 60, "taken care of": 65, "left alone": -60, "cared for": 60, "in good hands": 65,
    "ready to give up": -75, "give up": -60, "too many": -40, "too much": -40, "wants reassurance": -25,
    "hopeful but": 30, "feel like big problems": -50, "like big problems": -45,
    "gut aufgehoben": 65, "allein gelassen": -60, "sich freuen": 70, "en colere": -85, "de mauvaise humeur": -60,
    "de buen humor": 60, "en confiance": 60, "a gusto": 55, "sous pression": -50, "unter druck": -50, "so what": -20,
}  # fmt: skip

EMOJI: dict[int, str] = {
    100: "🤩🥳😍🥰",
    85: "😀😃😄😁😆😊☺😻💖🎉👏❤💚💙😂🤣🏆",
    65: "🙂😌😎😇🤗👍😺💪🙌✅😋🌟⭐😏",
    40: "🤞🧐😉👌🤓",
    10: "🤔",
    0: "😐😶😑🫤🤷",
    -30: "😕🙄😬🫥😯😮🥱😪",
    -50: "😟🙁☹😦😧😥😔😞😓🤨😒👎😲😵🥺😳",
    -65: "😣😖😩😫😰😨😢🥵💔🤯",
    -80: "😠😤😭😱🤢🤮😿❌",
    -100: "😡🤬👿😾",
}
