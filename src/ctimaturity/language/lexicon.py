"""Words that change what an answer says: "1 - Cumple" is one thing, "1 - Cumple a medias" another.

Folded (`folding.py`), in Spanish and English. A list like this is never whole: what is not in it is
still said to whoever sends the workbook.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DENYING = _words(
    "no ni sin nunca jamas tampoco nada nadie ningun ninguna ninguno falso "
    "not never nor neither none nothing without cannot false don doesn isn aren hasn didn"
)
YES = _words("si yes x true verdadero ✓ ✔ ☑ ✅ √")
NO = _words("no false falso")
_CONFIRMING = _words("confirmo confirma confirmamos confirmado confirmada confirm confirmed")
_PRONOUNS = _words("i we lo se si es it is do")
_BREAK = re.compile(r"(?<![^\W_])(?:no|ni|sin|nunca|tampoco|not|never|without)\s*[.,;:/(-]")
_SPOKEN = re.compile(r"[^\W_]+|[✓✔☑✅√?¿]")

_LINKING = _words(
    "a al con de del el en es esta la las lo los o se su un una y "
    "an and are be do does in is it of on or the to under with"
)
_DOUBTING = _words(
    "casi medio media medias mitad algo apenas quiza quizas talvez vez acaso depende pero aunque todavia "
    "aun falta faltan proceso tramite borrador revisar verificar confirmar corregir duda dudas creo parece "
    "aprox entre hasta desde futuro proximo proxima proyectado planeado previsto solo solamente mas menos "
    "mejor peor mayor menor error errado equivocado incorrecto cambiar sabe responde aplica respuesta na nd "
    "ns nr nsnr sd excepto salvo almost nearly half maybe perhaps depends but although though yet still "
    "lacks lacking draft check verify confirm doubt doubts unsure think between until since future next "
    "planned only more less better worse wrong mistake change unknown know applicable answer dk except n "
    "pronto proximamente curso construccion elaboracion formulacion formulando poco poca pocos pocas "
    "minimo minima minimamente regular relativamente veces ocasionalmente raramente unicamente mayoria "
    "parte partes ciento tentativo supongo desactualizado desactualizada vencido vencida antes "
    "anteriormente pasado carece carecemos limitado limitada limitaciones reservas restricciones "
    "salvedades inicial preliminar provisional provisionalmente temporalmente deberia debera podria sera "
    "estara tendra espera esperamos trabajando soon progress course ongoing little few sometimes "
    "occasionally rarely barely hardly somewhat mostly majority part parts percent limited reservations "
    "outdated expired formerly previously before should could might will"
)
_DENYING_STEMS = "incumpl|inexisten|ausen|missing|absent|fail"
_DENIED = re.compile(f"(?:{_DENYING_STEMS})")
_STEMS = re.compile(
    f"(?:{_DENYING_STEMS}|parcial|pendient|insuficien|incomplet|dudos|aproxima|deficien|anulad|tachad|"
    "partial|partly|pending|insufficient)"
)
_MONTHS = _words(
    "ene enero feb febrero mar marzo abr abril may mayo jun junio jul julio ago agosto sep sept set "
    "septiembre oct octubre nov noviembre dic diciembre jan january february march apr april june july aug "
    "august september october november dec december"
)
NUMBERS = {
    word: number
    for words in (
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez",
        "zero one two three four five six seven eight nine ten",
    )
    for number, word in enumerate(words.split())
}
"""What the codes of a scale are called where they are written out."""
_ORDINALS = _words(
    "primer primero primera segundo segunda tercer tercero tercera cuarto cuarta quinto quinta sexto sexta "
    "once doce veinte cien mil first second third fourth fifth sixth eleven twelve twenty hundred"
)
_ROMAN = re.compile("[ivx]+")
_CHANGING = _DENYING | YES | NO | _DOUBTING | _MONTHS | _ORDINALS | NUMBERS.keys()


def denies(words: list[str]) -> bool:
    """Whether some words say that something is not so."""
    return any(word in _DENYING or _DENIED.match(word) for word in words)


def breaks_off(text: str) -> bool:
    """Whether a denial stands apart from what it could deny: "No, cumple" is not "No cumple"."""
    return _BREAK.search(text) is not None


def changes(word: str) -> bool:
    """Whether a word behind an answer makes another one of it: a number, a month, a denial, a doubt."""
    return (
        word in _CHANGING
        or any(character.isdigit() for character in word)
        or _STEMS.match(word) is not None
        or _ROMAN.fullmatch(word) is not None
    )


def carries(word: str) -> bool:
    """Whether a word says something of its own, and is no mere "de", "in" or "no"."""
    return word not in _LINKING and word not in _DENYING


def confirms(text: str) -> bool | None:
    """Whether a folded text says nothing but yes, or nothing but no; None where it says anything else."""
    words = set(_SPOKEN.findall(text))
    yes, no = words & (YES | {"1"}), words & (NO | {"n", "0"})
    if words - (yes | no | _CONFIRMING | _PRONOUNS) or (yes and no):
        return None
    return True if yes or (words & _CONFIRMING and not no) else False if no else None
