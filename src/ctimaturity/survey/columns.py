"""What the columns of exports hold, and how survey programs call them."""

from __future__ import annotations

from enum import StrEnum

from ctimaturity.language.folding import listed

DEFINITION_FIELD = "cti_definition"
"""The field of our forms that says which questionnaire they ask."""


class Role(StrEnum):
    """What a column holds."""

    STATEMENT = "statement"
    SEGMENT = "segment"
    ENTITY = "entity"
    SUBMISSION = "submission"
    """An id that no two submissions share, wherever they were exported."""
    RESPONDENT = "respondent"
    """A number or name of the respondent, within the file and the entity."""
    PERSON = "person"
    """What tells a person: a mail address, a document, a telephone. Compared, never kept."""
    PERSONAL = "personal"
    """Other personal data; never read."""
    START = "start"
    END = "end"
    DEFINITION = "definition"
    ITEM = "item"
    ANSWER = "answer"
    COUNT = "count"
    OPTION = "option"
    """In a table of counts: how many chose one option."""
    TECHNICAL = "technical"
    """What the survey programs add."""
    UNKNOWN = "unknown"


NAMES: dict[Role, frozenset[str]] = {
    Role.SEGMENT: listed("segment, segmento, segmento de encuestados"),
    Role.ENTITY: listed(
        "entity, entity_code, entidad, entidad territorial, codigo, codigo de la entidad, codigo_entidad, "
        "codigo dane, codigo_dane, codigo divipola, divipola, municipio, municipality"
    ),
    Role.SUBMISSION: listed("_uuid, uuid, instanceid, key, _submission__uuid, submission id, instance id"),
    Role.RESPONDENT: listed(
        "id, _id, respondent, respondent_id, encuestado, id encuestado, id_encuestado, response id, "
        "id de respuesta"
    ),
    Role.PERSON: listed(
        "email, e-mail, mail, correo, correo electronico, direccion de correo electronico, "
        "direccion de correo, email address, e-mail address, correo institucional, cedula, documento, "
        "numero de documento, documento de identidad, telefono, celular, phone, phonenumber, phone number, "
        "mobile, numero de telefono, numero de celular, numero de cedula, numero de identificacion, "
        "identificacion, cc"
    ),
    Role.PERSONAL: listed(
        "name, first name, last name, apellido, nombre y apellido, nombres y apellidos, nombre, nombres, "
        "apellidos, nombre completo, full name, direccion, address, username, nombre de usuario, "
        "_submitted_by, submitterid, submittername, deviceid, subscriberid, simserial, ip, ip address, "
        "ipaddr, direccion de ip, ubicacion, location, direccion ip, _geolocation, geopoint"
    ),
    Role.START: listed("start, start time, hora de inicio, inicio, startdate, date started, fecha de inicio"),
    Role.END: listed(
        "end, end time, completion time, hora de finalizacion, hora de finalizacion de la encuesta, fin, "
        "submitdate, date submitted, fecha de envio, fecha de finalizacion"
    ),
    Role.DEFINITION: frozenset({DEFINITION_FIELD}),
    Role.ITEM: listed("item, item_id, id_item, statement, afirmacion"),
    Role.ANSWER: listed("answer, option, respuesta, opcion, value, valor"),
    Role.COUNT: listed("count, conteo, cantidad, frecuencia, n"),
    # formhub/uuid is of the form: all rows have the same.
    Role.TECHNICAL: listed(
        "formhub/uuid, today, consent, deviceid, devicename, submissiondate, reviewstate, edits, "
        "formversion, status, attachmentspresent, attachmentsexpected, instancename, language, idioma, "
        "total, last modified time, hora de la ultima modificacion, total points, total de puntos, "
        "quiz feedback, timestamp, marca temporal, puntuacion, score, lastpage, last page, ultima pagina, "
        "startlanguage, start language, lenguaje inicial, idioma inicial, seed, semilla, datestamp, "
        "date last action, fecha de la ultima accion, refurl, referrer url, url de referencia, "
        "interviewtime, total time, tiempo total, grouptime"
    ),
}
"""Names of columns by what they hold, folded: case and accents make no difference."""

COUNTED = {"dont_know": "dont_know"} | dict.fromkeys(listed("blank, blanco, en blanco, left blank"), "blank")
"""What tables of counts call answers that are on no scale, folded."""

WORDS: dict[Role, frozenset[str]] = {
    Role.SEGMENT: listed("segment, segmento, sector"),
    Role.PERSON: listed("email, e-mail, correo, cedula, celular, telefono, phone"),
    Role.PERSONAL: listed("nombre, nombres, apellido, apellidos, name, surname, direccion, address"),
}
"""Words that say what a column without a known name holds: `¿A qué segmento pertenece usted?`."""
