"""The words by which people call the lanes and parts of a journey map, in four languages and a few more."""

from __future__ import annotations


def phrases(text: str) -> frozenset[str]:
    """The phrases of a comma-separated list, however it is wrapped."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


# One line per group of synonyms, separated by commas, as `labels.simplified` writes them: lower case, without
# accents, qualifiers ("customer", "your", "key" …) and plural marks where the singular stands beside it.
LANE_WORDS: dict[str, str] = {
    "actions": """
        action, actions, activity, activities, task, tasks, behavior, behaviors, behaviour,
        behaviours, doing, does, do, steps taken, journey steps, process steps, actions taken, what
        they do, what is happening, what happens, handlung, handlungen, aktion, aktionen, aktivitat,
        aktivitaten, tatigkeit, tatigkeiten, verhalten, was tut er, tun, aufgaben, actions du
        client, actions de l'utilisateur, activite, activites, comportement, comportements, taches,
        accion, acciones, actividad, actividades, comportamiento, tareas, azioni, azione, attivita,
        acties, activiteiten, acao, acoes, atividades, story, user story, narrative
    """,
    "thoughts": """
        thought, thoughts, thinking, thinks, think, mindset, inner voice, monologue, what they
        think, what are they thinking, gedanke, gedanken, denken, denkt, pensee, pensees, penser,
        pense, reflexions, pensamiento, pensamientos, piensa, pensa, pensieri, gedachten,
        pensamentos
    """,
    "questions": """
        question, questions, faq, faqs, open questions, what they ask, frage, fragen, offene fragen,
        questions posees, interrogations, pregunta, preguntas, domande, vragen, perguntas, doubts,
        concerns, concern, objections, bedenken, zweifel, dudas, doutes
    """,
    "goals": """
        goals, need, needs, expectation, expectations, motivation, motivations, desires, desired
        outcome, wants, desired outcomes, outcome, outcomes, jobs to be done, jobs, job to be done,
        jtbd, goals and needs, intent, business goal, business goals, success criteria, ziele,
        bedurfnis, bedurfnisse, erwartung, erwartungen, motivationen, wunsche, objectifs, besoin,
        besoins, attente, attentes, motivaciones, objetivos, necesidad, necesidades, expectativas,
        metas, obiettivi, bisogni, doelen, behoeften, necessidades
    """,
    "text": """
        says, say, saying, hears, hear, hearing, sees, see, seeing, gains, gain, notes, note,
        notizen, notas, remarques, comment, comments, remarks, description, beschreibung,
        descripcion, descrizione, overview, details, context, moment of truth, moments of truth,
        moments that matter, highlights, positives, positive moments, delighters, experience, tool,
        tools, content, inhalte, contenu, contenido, learnings, insights, risks, risk, trigger,
        triggers, information, artifacts, artefacts, deliverables, pleasure points, location, place,
        places, ort, people, environment, time of day, sagt, hort, sieht, dit, entend, voit, dice,
        oye, ve, esfuerzos, resultados
    """,
    "touchpoints": """
        touchpoint, touchpoints, touch point, touch points, touch-point, touch-points, contact
        point, contact points, point of contact, points of contact, interaction, interactions,
        interaction points, kontaktpunkt, kontaktpunkte, beruhrungspunkt, beruhrungspunkte,
        kundenkontaktpunkte, point de contact, points de contact, punto de contacto, puntos de
        contacto, contactpunten, contactmomenten, punti di contatto, pontos de contato, pontos de
        contacto, interaktionen, touchpoints and channels, touchpoints/channels,
        channels/touchpoints
    """,
    "channels": """
        channel, channels, media, medium, device, devices, channels and devices, kanal, kanale,
        canal, canaux, canales, canali, kanalen, canais, channels and processes, process, processes,
        prozess, prozesse, medien
    """,
    "emotions": """
        emotion, emotions, emotional state, emotional journey, emotional response, emotional curve,
        emotion curve, emotional experience, emotional level, emotional arc, feeling, feelings,
        feels, feel, mood, moods, sentiment, sentiments, satisfaction, satisfaction level, emotion
        score, emotional score, experience curve, experience level, emotional rating, how they feel,
        gefuhl, gefuhle, emotionen, emotionale lage, stimmung, gefuhlslage, zufriedenheit,
        emotionskurve, fuhlt, fuhlen, ressenti, ressentis, humeur, etat emotionnel, emocion,
        emociones, sentimiento, sentimientos, siente, estado emocional, emozioni, emozione,
        sentimenti, emoties, gevoelens, emocoes, sentimentos, courbe emotionnelle, curva emocional,
        emoji, emojis
    """,
    "pain_points": """
        pain point, pain points, pain-point, pain-points, painpoint, painpoints, pain, pains,
        frustration, frustrations, barrier, barriers, obstacle, obstacles, challenge, challenges,
        problem, problems, issue, issues, friction, frictions, friction points, blocker, blockers,
        difficulties, worries, negatives, low points, fears, hurdles, schmerzpunkt, schmerzpunkte,
        probleme, hurde, hurden, hindernis, hindernisse, frust, frustpunkte, argernisse,
        herausforderung, herausforderungen, schwierigkeiten, point de douleur, points de douleur,
        irritant, irritants, point de friction, points de friction, freins, frein, points faibles,
        difficulte, difficultes, problemes, punto de dolor, puntos de dolor, dolor, dolores,
        problema, problemas, dificultades, frustraciones, barreras, obstaculos, puntos debiles,
        punti critici, criticita, problemi, pijnpunt, pijnpunten, knelpunten, dores
    """,
    "opportunities": """
        opportunity, opportunities, improvement, improvements, solution, solutions, idea, ideas,
        recommendation, recommendations, improvement idea, improvement ideas, opportunity areas,
        areas of opportunity, opportunities for improvement, areas for improvement, how might we,
        hmw, potential solutions, quick wins, ways to improve, chance, chancen, moglichkeit,
        moglichkeiten, verbesserung, verbesserungen, idee, ideen, verbesserungsidee,
        verbesserungsideen, verbesserungspotenzial, verbesserungspotenziale, verbesserungsvorschlag,
        verbesserungsvorschlage, losung, losungen, losungsideen, massnahmen, opportunite,
        opportunites, amelioration, ameliorations, idees, solutions possibles, pistes
        d'amelioration, recommandations, axes d'amelioration, oportunidad, oportunidades, mejora,
        mejoras, idea de mejora, ideas de mejora, soluciones, solucion, recomendaciones,
        oportunidades de mejora, opportunita, miglioramenti, soluzioni, kansen, kans,
        verbeterpunten, verbeteringen, melhorias
    """,
    "metrics": """
        metric, metrics, kpi, kpis, kpi's, measure, measures, success metrics, success metric,
        measurement, key metrics, measures of success, key performance indicators, kennzahl,
        kennzahlen, messgrossen, metriken, indicateur, indicateurs, mesures, metriques, indicador,
        indicadores, metrica, metricas, metriche, indicatori, statistieken
    """,
    "images": """
        image, images, storyboard, picture, pictures, photo, photos, screenshot, screenshots,
        sketch, bild, bilder, imagen, imagenes, illustration
    """,
    "files": """
        file, files, link, links, document, documents, attachments, resources, dateien, fichiers,
        archivos, urls
    """,
    "personas": "personas involved, actors involved, roles involved, beteiligte personas, beteiligte",
    "owners": """
        owner, owners, responsible, responsible team, responsible teams, responsibility,
        responsibilities, team, teams, teams involved, involved teams, department, departments,
        stakeholder, stakeholders, ownership, process owner, process ownership, internal ownership,
        responsable, responsables, equipe, equipes, zustandig, zustandigkeit, verantwortlich,
        verantwortliche, verantwortlichkeit, abteilung, abteilungen, equipo, equipos, propietario,
        departamento, eigenaar, verantwoordelijke, accountable, raci
    """,
    "evidence": """
        evidence, research, research findings, findings, quote, quotes, verbatim, verbatims,
        customer voice, data, voice of the customer, voc, user quote, user quotes, insight, proof,
        zitat, zitate, belege, erkenntnisse, citation, citations, preuves, cita, citas, evidencia,
        evidencias, citazioni, citaten, supporting data
    """,
    "physical_evidence": """
        physical evidence, tangible evidence, props, physische nachweise, physische belege,
        sichtbare belege, preuves physiques, elements tangibles, evidencia fisica, evidencias
        fisicas
    """,
    "customer_actions": "kundenaktion, kundenaktionen, kundenhandlungen",
    "frontstage": """
        frontstage, front stage, front-stage, onstage, on-stage, frontstage action, frontstage
        actions, front stage actions, onstage actions, onstage contact employee actions, frontstage
        interactions, visible actions, front office, frontoffice, company action, company actions,
        company activity, company activities, company response, business action, business actions,
        business activities, brand action, brand actions, organization actions, organisation
        actions, organisational actions, organizational actions, employee actions, staff actions,
        provider actions, what we do, vendor actions, seller actions, team actions, our response,
        unternehmensaktion, unternehmensaktionen, unternehmensaktivitaten, massnahmen des
        unternehmens, aktionen des unternehmens, sichtbare aktionen, actions de l'entreprise,
        actions de la marque, actions visibles, acciones de la empresa, acciones visibles, acciones
        del negocio, azioni dell'azienda
    """,
    "backstage": """
        backstage, back stage, back-stage, backstage action, backstage actions, back stage actions,
        backstage processes, behind the scenes, invisible actions, back office, backoffice, internal
        actions, internal action, internal activities, invisible contact employee actions, backstage
        contact employee actions, backstage interactions, interne aktionen, hintergrundaktionen,
        actions internes, en coulisses, coulisses, arriere-scene, acciones internas, tras
        bambalinas, entre bastidores
    """,
    "support": """
        support process, support processes, supporting process, supporting processes, support
        systems, systems, supporting systems, internal processes, it systems, technology,
        technologies, infrastructure, back-end systems, backend, enabling systems,
        unterstutzungsprozess, unterstutzungsprozesse, unterstutzende prozesse, supportprozesse,
        systeme, processus de support, processus support, processus de soutien, systemes, procesos
        de soporte, procesos de apoyo, sistemas, sistemi, systemen, support
    """,
}

# Labels that a plain item may well begin with: they open a lane only where lanes open.
WEAK = phrases(
    """
    support, systems, technology, content, team, teams, people, place, location, data, time, media,
    device, devices, process, tools, tool, links, link, photo, photos, documents, document,
    resources, do, see, hear, say, think, feel, does, question, problem, issue, note, comment,
    owner, image, research, dit, dice, ve, solution, idea, pain, task, tun, process, context,
    overview, details, information, story, experience, channel, department, stakeholder,
    stakeholders, trigger, risk, risks, doubts, environment, proof, sketch, emoji, backend, file,
    files
    """
)

PART_WORDS: dict[str, str] = {
    "title": """
        title, map title, journey title, journey, journey map, user journey, user journey map,
        customer journey map, customer journey, map name, journey name, name of the journey, map,
        titel, kundenreise, titre, parcours client, titulo, titolo, mapa, mapa de experiencia, mapa
        de empatia, mapa del viaje, experience map, service blueprint, empathy map, customer
        experience map, nutzerreise, viaje del cliente, buyer's journey, buyer journey
    """,
    "persona": """
        persona, personas, persona(s), persona name, actor, actors, target persona, buyer persona,
        audience, target audience, target customer, target user, target group, segment, customer
        segment, user segment, zielgruppe, personnage, personne, cible, persona cible, publico
        objetivo, doelgroep, archetype, user persona, user personas, customer persona, customer
        personas, hauptpersona
    """,
    "who": """
        customer, user, client, patient, student, buyer, character, who, kunde, kundin, nutzer,
        usuario, cliente
    """,
    "scenario": """
        scenario, scenarios, scenario and expectations, user scenario, use case, situation,
        szenario, escenario, contexte, kontext, contexto, background scenario
    """,
    "objective": """
        objective, objectives, map objective, purpose, purpose of the map, aim, user goal, customer
        goal, business objective, zielsetzung, zweck, objectif, objetivo, obiettivo, doel, journey
        goal, overall goal, main goal, mission
    """,
    "goal": """
        goal, stage goal, phase goal, goal of the stage, goal of this stage, ziel, phasenziel, but,
        objectif de l'etape, objectif de la phase, objetivo de la etapa, objetivo de la fase, meta,
        stage goals
    """,
    "line": """
        line of interaction, line of visibility, line of internal interaction, internal interaction
        line, interaktionslinie, sichtbarkeitslinie, linie der sichtbarkeit, linie der interaktion,
        linie der internen interaktion, ligne d'interaction, ligne de visibilite, ligne
        d'interaction interne, linea de interaccion, linea de visibilidad, linea de interaccion
        interna
    """,
    "scope_start": """
        starts, start, starting point, journey starts, beginnt, scope start, trigger event, beginn
    """,
    "scope_end": "ends, end, end point, ending point, journey ends, endet, scope end, ende",
    "duration": """
        duration, durations, timeframe, time frame, timeline, time spent, time, timing, dauer, zeit,
        zeitraum, zeitrahmen, duree, temps, duracion, tiempo, durata, duur, estimated time, typical
        duration
    """,
    "stages": """
        stages, phases, stage, phase, journey stage, journey stages, journey phase, journey phases,
        funnel stage, lifecycle stage, stage name, phase name, stage/phase, phase/stage, stages of
        the journey, stages of journey, etappe, etappen, phasen, etape, etapes, etapa, etapas, fase,
        fases, fasi, fasen, stadium, customer journey stage, customer journey stages, customer
        journey phase, buyer journey stage, buyer's journey stage, phase der reise, lebenszyklus
    """,
    "steps": """
        step, steps, substep, sub-step, sub-stage, substage, step name, schritt, schritte,
        sous-etape, sous-etapes, paso, pasos, passo, passi, stap, stappen, passos, moment,
        sub-phase, teilschritt, teilschritte
    """,
}

QUALIFIERS = frozenset(
    """
    a an the their his her its your our my they customer customers customer's customers' user users
    user's users' buyer buyers buyer's client clients client's patient patients patient's student
    student's students guest guest's guests visitor visitor's visitors member members member's
    consumer consumers shopper shopper's prospect prospects lead leads traveler traveler's traveller
    traveller's passenger passenger's citizen citizen's employee's persona persona's key main major
    possible potential common primary associated relevant related current typical digital physical
    overall biggest internal's core specific top journey suggested proposed identified der die das
    den des kunden nutzer seine ihre unsere eure wichtigste mogliche le la les l'utilisateur
    utilisateur utilisateurs client clients du de el los las del cliente clientes usuario usuarios
    su sus i gli il delle dei
    """.split()
)

# Phrases that ask for what belongs in the lane.
ASKING: tuple[tuple[str, str], ...] = (
    ("feel", "emotions"), ("fuhl", "emotions"), ("ressent", "emotions"), ("siente", "emotions"),
    ("think", "thoughts"), ("denk", "thoughts"), ("mind", "thoughts"), ("pens", "thoughts"), ("piensa",
    "thoughts"), ("frustrat", "pain_points"), ("go wrong", "pain_points"), ("obstacle", "pain_points"),
    ("struggl", "pain_points"), ("problem", "pain_points"), ("pain", "pain_points"), ("improve",
    "opportunities"), ("better", "opportunities"), ("verbesser", "opportunities"), ("interact",
    "touchpoints"), ("touch", "touchpoints"), ("encounter", "touchpoints"), ("where", "touchpoints"),
    ("measure", "metrics"), ("responsible", "owners"), ("who", "owners"), ("trying to", "goals"),
    ("want", "goals"), ("need", "goals"), ("expect", "goals"), ("ask", "questions"), ("we do",
    "frontstage"), ("do", "actions"), ("happen", "actions"), ("tut", "actions"), ("macht", "actions"),
)  # fmt: skip

# Headings of a document around a map, never a stage of it.
AROUND = phrases(
    """
    summary, key insights, insights, key takeaways, takeaways, conclusion, conclusions, next steps,
    recommendations, appendix, notes, legend, sources, references, introduction, how to use, how to
    use this map, methodology, about, executive summary, overview, table of contents, contents,
    agenda, background, assumptions, out of scope, glossary, action plan, priorities, action items,
    changelog, version history, zusammenfassung, fazit, nachste schritte, legende, quellen, anhang,
    einleitung, conclusion et recommandations, resume, prochaines etapes, sources et notes,
    conclusiones, resumen, proximos pasos, fuentes, key findings, findings, quick wins, prioritized
    recommendations, priority improvements, top priorities, success metrics, metrics summary, open
    questions, follow-up, follow up, moments that matter, quick-win recommendations, key learnings,
    learnings, emotional curve summary, journey summary
    """
)

STAGE_WORD = r"stage|phase|etappe|etape|etapa|fase|stadium"
STEP_WORD = r"sub-?step|step|schritt|paso|passo|stap|sous-etape"
