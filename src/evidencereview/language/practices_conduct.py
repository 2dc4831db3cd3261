"""Practices that break a duty of conduct: who may know, who decides, how a resident is treated, and what stays unsaid."""

from __future__ import annotations

from evidencereview.language.practice import Practice, practice

_ANSWER = r"(?:respon(?:d|ds|se|ses)|repl(?:y|ies)|answers?|outcome|letters?|decision)"
_WORK = (
    r"(?:works?(?:\s?orders?)?|repairs?|actions?|jobs?|orders?|remed\w+|making\sgood|promises?"
    r"|repairers?|contractors?|snags?)"
)
_OVER = (
    r"(?:sign(?:ed|s)?\soff|complet\w*|finish\w*|done|carried\sout|closed|put\sright|ticked\soff"
    r"|cleared|delivered|been\smade"
    r"|shows?\sas|off\sthe\slist|confirm\w*)"
)
_WAY = (
    r"(?:(?:tele)?phone|e-?mail|letters?|post|in\sperson|face[\s-]to[\s-]face|visit|counter|office"
    r"|social\smedia|webchat|text)"
)
_BOARD = r"(?:board|governing\sbody|trustees|cabinet|committee|councillors|members|MRC|member\sresponsible)"
_BOSSES = (
    r"(?:(?:the\s|our\s)?(?:senior|executive|management|leadership|directors?)\s?(?:leadership\s"
    r"|management\s)?(?:team|group|board)?)"
)

CONDUCT: tuple[Practice, ...] = (
    practice(
        r"answering before",
        rf"\b{_ANSWER}\b[^.;]{{0,50}}\b(?:once|when|after|until|till|following"
        rf"|only\swhen)\b[^.;]{{0,30}}\b{_WORK}\b[^.;]{{0,40}}\b{_OVER}\b"
        rf"|\b(?:until|till|once|when"
        rf"|after)\b[^.;]{{0,30}}\b{_WORK}\b[^.;]{{0,30}}\b{_OVER}\b[^.;]{{0,30}}\b(?:we\s(?:then\s)?(?:write"
        rf"|reply|answer|respond)"
        rf"|(?:the\s)?{_ANSWER}\s(?:is|goes|follows|leaves))",
        "lets the answer wait until the work is done, where it is due once it is known",
        "an answer as soon as it is known, and how open actions are tracked afterwards",
        r"\b(?:not|never|nor|without|rather\sthan|as\ssoon\sas|clos(?:es|ing)|second|another|further"
        r"|follow[- ]?up|updates?|write\sagain|news|then\shave"
        r"|tell\sthem\swhen|tracker)\b|n[’']t\b",
    ),
    practice(
        r"answering before",
        rf"\b(?:do\snot|never|don[’']t|cannot|nobody|no\s{_ANSWER})\b[^.;]{{0,50}}\b(?:write|answer"
        rf"|reply|respond|sent?d?|clos\w*|issue\w*|goes|leaves)\b[^.;]{{0,40}}"
        rf"\b(?:until|till|before)\b[^.;]{{0,60}}\b{_OVER}",
        "lets the answer wait until the work is done, where it is due once it is known",
        "an answer as soon as it is known, and how open actions are tracked afterwards",
        r"\b(?:actions?\sare\snot|not\swait|close[sd]?\s(?:the\s)?(?:case|file|action))\b",
        negative=True,
    ),
    practice(
        r"^channels|in any way to anyone|accepting complaints|definition of a complaint",
        rf"\b(?:no\slonger|do\snot|don[’']t|cannot|can[’']t|never|are\snot)\s(?:take|taken|accept"
        rf"|accepted|log|deal\swith|register|record|possible|made)\b[^.;]{{0,50}}\b{_WAY}\b"
        rf"|\b(?:all|every)\scomplaints?\s(?:must\s|have\sto\s|has\sto\s|need\sto\s)?(?:come|comes|go"
        rf"|goes|are\s(?:made|logged|submitted|brought)|be\s(?:made|submitted|sent))\s(?:in\s)?"
        rf"(?:through|via|on|by|using)\s(?:the|our|an?)\s(?:\w+\s){{0,2}}(?:form|portal|app|website|page)\b"
        rf"|\bthe\sonly\s(?:way|route|channel)\b",
        "narrows how or to whom a resident can complain",
        "every channel that a resident can use, and that any member of staff takes a complaint",
        r"\b(?:not\sonly|also|or\sby|in\sseconds|prefer|twice|anonymous)\b|\banswer(?:s|ed)?\sby\b",
        negative=True,
    ),
    practice(
        r"third parties within|one policy|recognising",
        r"\b(?:first|before)\b[^.;]{0,60}\b(?:contractor|managing\sagent|agent|partner|provider"
        r"|builder|subsidiary)s?[’']?s?\s(?:own\s)?(?:\w+\s){0,2}(?:process|procedure|steps?|stages?"
        r"|polic\w+|complaints?\s(?:team|desk|office|line))\b"
        r"|\b(?:contractor|managing\sagent|agent|partner|provider|builder)s?[’']?s?\s(?:has|have|runs?"
        r"|operates?|uses?|keeps?)\s(?:its|their|an?)\s(?:own\s)?(?:\w+\s){0,2}(?:process|procedure"
        r"|stages?|steps?|policy)\b"
        r"|\b(?:exhaust\w*|gone?\sthrough|been\sthrough|complet\w*)\s(?:\w+\s){0,2}(?:contractor"
        r"|managing\sagent|agent|partner|provider|builder)[’']?s?\s"
        r"|\b(?:go|goes|complain|turn|report|raise\s(?:it|this|them)|take\s(?:it|this|the\smatter|them))\b[^.;]{0,30}"
        r"\b(?:contractor|managing\sagent|agent|partner|provider|builder)s?\sfirst\b",
        "sends residents through a process of somebody else's first",
        "that the outsider's answer is part of the landlord's own two stages",
        r"\b(?:not|never|no\slonger|n[’']t|ended|must\snot|rather\sthan|instead\sof)\b",
    ),
    practice(
        r"governing body receives|reporting and publishing|what the governing body",
        rf"\b(?:in\splace\sof|instead\sof|rather\sthan|and\snot|but\snot)\s(?:\w+\s){{0,2}}(?:the\s|our\s)?{_BOARD}\b"
        rf"|\b{_BOARD}\b[^.;]{{0,40}}\b(?:do(?:es)?\snot|never|no\slonger|n[’']t)\s(?:see|get|receive|have|read|look)\b"
        rf"|\b(?:stops?|ends?|stays?)\s(?:at|with|within)\s{_BOSSES}|\bonly\s(?:to\s"
        rf"|by\s)?{_BOSSES}\s(?:sees?|gets?|receives?|reads?)\b"
        rf"|\bnot\s(?:put|taken|shown|given|passed|reported|sent)\s(?:on\s)?to\s(?:the\s|our\s)?{_BOARD}\b",
        "keeps from the governing body what it is to receive",
        "when the governing body gets figures, trends and decisions, with the dates of its meetings",
        r"\b(?:names?|personal|details\sof\sresidents|until\s\d)\b",
        negative=True,
    ),
    practice(
        r"reporting and publishing|annual report|self-assessment",
        r"\b(?:kept|stays?|remains?)\s(?:an?\s)?(?:internal|confidential|private)\b"
        r"|\bnot\s(?:for\spublication|made\spublic|put\son\sthe\sweb\w*)\b"
        r"|\b(?:we|is|are)\s(?:do\s|does\s)?(?:not|never)\spublish(?:ed)?\b|\binternal\sdocument\b",
        "keeps from residents what is to be published",
        "where the report is published, with its address",
        r"\b(?:names?|personal|until|yet)\b",
        negative=True,
    ),
    practice(
        r"^fair|impartial",
        r"\b(?:person|officer|manager|team|service|colleague|surveyor|contractor)\s(?:who\s(?:is"
        r"|was)\s|being\s|that\sis\s|that\swas\s)?complained\s(?:about|of)\b[^.;]{0,40}\b(?:investigat"
        r"|answer|handl|decid"
        r"|respon|looks?\sinto|writes?|deals?)\w*",
        "has the person or service complained about handle the complaint",
        "who handles a complaint about a service, and how a conflict of interest is kept out",
        r"\b(?:not|never|cannot|nor|asked|comment|chance|hear|heard|side|account)\b|n[’']t\b",
    ),
    practice(
        r"managing unacceptable|proportionate restrictions|restrictions on contact|unacceptable behaviour",
        r"\b(?:for\slife|permanent(?:ly)?|indefinite(?:ly)?|for\sgood|without\s(?:a\s|any\s)?(?:review"
        r"|end|reasons?|an\send)|never\s(?:reviewed|lifted|looked\sat)"
        r"|no\sreasons?\s(?:is|are)\sgiven)\b",
        "restricts contact without review or reasons",
        "reasons in writing for each restriction and the date on which it is reviewed",
        r"\b(?:no\srestriction|never\s(?:permanent|indefinite|for\slife)|not\s(?:permanent|indefinite|for\slife)|nobody)\b",
        negative=True,
    ),
    practice(
        r"reasonable adjustments|equality",
        r"\b(?:only|must|needs?\sto|has\sto|have\sto|on\scondition|provided|unless"
        r"|once)\b[^.;]{0,60}\b(?:medical|doctor[’']?s?|GP|diagnos\w*|certificate|letter\sfrom\sa"
        r"|proof|prove|evidence\sof)\b",
        "makes proof a condition of an adjustment",
        "that adjustments are agreed on what the resident tells, and where they are recorded",
        r"\b(?:not|never|no\sneed|n[’']t)\b",
    ),
    practice(
        r"remedies at any stage",
        r"\b(?:only|not\suntil|no\s(?:remed\w*|compensation|offers?)\s(?:is|are\s)?(?:\w+\s)?(?:before"
        r"|until))\b[^.;]{0,50}\b(?:stage\s(?:2|two)|final|at\sthe\send|panel|ombudsman)\b",
        "keeps remedies for a late stage",
        "that a remedy can be given at any stage, and who may give it",
        r"\b(?:not\sonly|also)\b",
    ),
    practice(
        r"putting (?:it )?right|remed(?:y|ies) |owning what|remedies in proportion|working out compensation",
        r"\b(?:never|do\snot|does\snot|don[’']t|cannot)\s(?:apologi[sz]e|pay|offer|admit|compensate)\b"
        r"|\bno\s(?:compensation|apolog\w+|payments?)\s(?:is|are|will|can)\b"
        r"|\bonly\s(?:pay|offer|apologi[sz]e)\b[^.;]{0,40}\b(?:ombudsman|court|order\w*|solicitor|insur\w*)",
        "rules out a remedy beforehand",
        "which remedies are open, and how they fit what went wrong",
        r"\b(?:unless|twice|late|more\sthan|less\sthan|without)\b",
        negative=True,
    ),
    practice(
        r"updates|progress updates|when an answer is late",
        r"\b(?:only|unless)\b[^.;]{0,30}\b(?:if|when|where|who|they|residents?|tenants?"
        r"|customers?)\b[^.;]{0,30}\b(?:ask|rings?|chase|call|contact|phone|write|enquire)\w*\b"
        r"|\b(?:do\snot|never|don[’']t)\s(?:send|give|issue|provide)\s(?:\w+\s){0,3}updates?\b"
        r"|\bno\s(?:news|updates?)\s(?:is|are)\s(?:sent|given)\b",
        "leaves updates to the resident",
        "how often residents are told how the complaint is getting on",
        negative=True,
    ),
    practice(
        r"extension",
        r"\b(?:without|no)\s(?:telling|informing|an?y?\s(?:reason|explanation|notice)|reason\s(?:has"
        r"|is|needs?|given)|need\sto\s(?:tell|inform|give|explain))\b[^.;]{0,60}"
        r"|\b(?:residents?|tenants?|customers?)\s(?:are|is)\snot\s(?:told|informed|given)\b"
        r"|\bas\soften\sas\s(?:we|the|they|needed)\b|\b(?:no|without)\s(?:upper\s)?limit\b"
        r"|\bopen[- ]ended\b",
        "extends without telling the resident, without reason, or without end",
        "the longest extension, its reasons, and how the resident is told",
        r"\b(?:never|not\sextend\w*|nobody)\b",
        negative=True,
    ),
    practice(
        r"^record|complaint records",
        r"\bonly\s(?:the\s)?(?:outcome|result|final\s\w+|last\s\w+|answer|decision)s?\s(?:is"
        r"|are)\s(?:kept|recorded|filed|saved|logged|held)\b"
        r"|\b(?:delete|deleted|destroy|destroyed|shred|shredded|thrown\saway)\b[^.;]{0,40}\b(?:once"
        r"|when|after|as\ssoon\sas)\b[^.;]{0,30}\b(?:closed|answered|over|sent)\b",
        "keeps less than the full record",
        "what the file of a complaint holds, and for how long",
        r"\b(?:years|not|never)\b",
    ),
    practice(
        r"not naming staff",
        r"\b(?:letters?|respon\w+|answers?|we)\b[^.;]{0,40}\bnames?\s(?:the\s|any\s"
        r"|each\s)?(?:\w+\s){0,2}(?:officer|staff|employee|colleague|contractor|member|operative"
        r"|person)\b",
        "names staff or contractors in answers",
        "that answers do not name staff or contractors, and where handlers are told so",
        r"\b(?:not|never|no\slonger|without|avoid|rather\sthan|instead\sof|who\sto\scontact|contact)\b|n[’']t\b",
    ),
    practice(
        r"representation|recognising",
        r"\b(?:in\sperson|themselves|tenant\salone|named\stenant|tenancy\sholder)\b[^.;]{0,20}\bonly\b"
        r"|\bonly\s(?:speak|deal|talk|correspond)\s(?:with|to)\s(?:the\s)?(?:\w+\s)?(?:tenant"
        r"|tenancy\sholder|leaseholder|resident)\b"
        r"|\bonly\sthe\s(?:\w+\s)?(?:tenant|tenancy\sholder|leaseholder)\s(?:can|may)\b",
        "narrows who may speak for a resident or come along",
        "that a resident may choose anybody to act for them or come along",
        r"\b(?:without\s(?:consent|authority)|unless|consent|authorit\w+)\b",
    ),
)
