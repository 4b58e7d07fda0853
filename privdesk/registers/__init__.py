"""The registers, in the order of the menu. A newcomer is one folder and one line here."""

from privdesk.core.register import Register
from privdesk.registers.access_rights import REGISTER as ACCESS_RIGHTS
from privdesk.registers.attendances import REGISTER as ATTENDANCES
from privdesk.registers.audits import ANSWERS as AUDIT_ANSWERS
from privdesk.registers.audits import FINDINGS as AUDIT_FINDINGS
from privdesk.registers.audits import QUESTIONS as AUDIT_QUESTIONS
from privdesk.registers.audits import REGISTER as AUDITS
from privdesk.registers.collection_points import ITEMS as POINT_ITEMS
from privdesk.registers.collection_points import REGISTER as COLLECTION_POINTS
from privdesk.registers.consents import REGISTER as CONSENTS
from privdesk.registers.corrections import REGISTER as CORRECTIONS
from privdesk.registers.courses import REGISTER as COURSES
from privdesk.registers.demands import REGISTER as DEMANDS
from privdesk.registers.departures import REGISTER as DEPARTURES
from privdesk.registers.destructions import ORDERS
from privdesk.registers.destructions import REGISTER as DESTRUCTIONS
from privdesk.registers.documents import REGISTER as DOCUMENTS
from privdesk.registers.files import REGISTER as FILES
from privdesk.registers.freezes import REGISTER as FREEZES
from privdesk.registers.handovers import REGISTER as HANDOVERS
from privdesk.registers.holdings import REGISTER as HOLDINGS
from privdesk.registers.imports import taking
from privdesk.registers.inspections import ANSWERS as INSPECTION_ANSWERS
from privdesk.registers.inspections import CHECKLISTS
from privdesk.registers.inspections import REGISTER as INSPECTIONS
from privdesk.registers.items import REGISTER as ITEMS
from privdesk.registers.journal import REGISTER as JOURNAL
from privdesk.registers.log_reviews import MARKS as LOG_MARKS
from privdesk.registers.log_reviews import REGISTER as LOG_REVIEWS
from privdesk.registers.places import INSPECTIONS as PLACE_INSPECTIONS
from privdesk.registers.places import REGISTER as PLACES
from privdesk.registers.pledges import REGISTER as PLEDGES
from privdesk.registers.processors import CONSIGNMENTS
from privdesk.registers.processors import PAPERS as PARTNER_PAPERS
from privdesk.registers.processors import REGISTER as PROCESSORS
from privdesk.registers.provisions import REGISTER as PROVISIONS
from privdesk.registers.publications import REGISTER as PUBLICATIONS
from privdesk.registers.purposes import REGISTER as PURPOSES
from privdesk.registers.reentries import REGISTER as REENTRIES
from privdesk.registers.reports import REGISTER as REPORTS
from privdesk.registers.requests import ENCLOSURES
from privdesk.registers.requests import REGISTER as REQUESTS
from privdesk.registers.retrievals import REGISTER as RETRIEVALS
from privdesk.registers.rights_reviews import REGISTER as RIGHTS_REVIEWS
from privdesk.registers.rights_reviews import RIGHTS as REVIEWED_RIGHTS
from privdesk.registers.rosters import REGISTER as ROSTERS
from privdesk.registers.safeguards import ALERTS as VIRUS_ALERTS
from privdesk.registers.safeguards import CHECKS as SAFEGUARD_CHECKS
from privdesk.registers.safeguards import PAPERS as SAFETY_PAPERS
from privdesk.registers.safeguards import REGISTER as SAFEGUARDS
from privdesk.registers.sessions import REGISTER as SESSIONS
from privdesk.registers.staff import REGISTER as STAFF
from privdesk.registers.subjects import REGISTER as SUBJECTS
from privdesk.registers.templates import REGISTER as TEMPLATES
from privdesk.registers.visits import REGISTER as VISITS
from privdesk.registers.wordings import REGISTER as WORDINGS
from privdesk.registers.zones import LOGS as ZONE_LOGS
from privdesk.registers.zones import PERMITS as ZONE_PERMITS
from privdesk.registers.zones import REGISTER as ZONES
from privdesk.registers.zones import REVIEWS as ZONE_REVIEWS

_BEFORE: tuple[Register, ...] = (
    ITEMS,
    PURPOSES,
    PLACES,
    FILES,
    SUBJECTS,
    HOLDINGS,
    COLLECTION_POINTS,
    POINT_ITEMS,
    WORDINGS,
    CONSENTS,
    REQUESTS,
    ENCLOSURES,
    STAFF,
    PLEDGES,
    ROSTERS,
    ACCESS_RIGHTS,
    RIGHTS_REVIEWS,
    REVIEWED_RIGHTS,
    DEPARTURES,
    HANDOVERS,
    COURSES,
    SESSIONS,
    ATTENDANCES,
    DESTRUCTIONS,
    ORDERS,
    RETRIEVALS,
    PROVISIONS,
    DEMANDS,
    FREEZES,
    CORRECTIONS,
    PROCESSORS,
    CONSIGNMENTS,
    INSPECTIONS,
    INSPECTION_ANSWERS,
    CHECKLISTS,
    PUBLICATIONS,
    PARTNER_PAPERS,
    AUDITS,
    AUDIT_ANSWERS,
    AUDIT_FINDINGS,
    AUDIT_QUESTIONS,
    SAFEGUARDS,
    SAFEGUARD_CHECKS,
    VIRUS_ALERTS,
    SAFETY_PAPERS,
    ZONES,
    ZONE_PERMITS,
    ZONE_REVIEWS,
    ZONE_LOGS,
    VISITS,
    PLACE_INSPECTIONS,
    DOCUMENTS,
    REPORTS,
    TEMPLATES,
)
REGISTERS: tuple[Register, ...] = (
    *_BEFORE,
    taking(_BEFORE),
    REENTRIES,
    JOURNAL,
    LOG_REVIEWS,
    LOG_MARKS,
)
