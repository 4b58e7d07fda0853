"""The registers, in the order of the menu. A newcomer is one folder and one line here."""

from privdesk.core.register import Register
from privdesk.registers.consents import REGISTER as CONSENTS
from privdesk.registers.destructions import ORDERS
from privdesk.registers.destructions import REGISTER as DESTRUCTIONS
from privdesk.registers.documents import REGISTER as DOCUMENTS
from privdesk.registers.files import REGISTER as FILES
from privdesk.registers.holdings import REGISTER as HOLDINGS
from privdesk.registers.imports import REGISTER as IMPORTS
from privdesk.registers.items import REGISTER as ITEMS
from privdesk.registers.journal import REGISTER as JOURNAL
from privdesk.registers.places import REGISTER as PLACES
from privdesk.registers.purposes import REGISTER as PURPOSES
from privdesk.registers.requests import REGISTER as REQUESTS
from privdesk.registers.staff import REGISTER as STAFF
from privdesk.registers.subjects import REGISTER as SUBJECTS

REGISTERS: tuple[Register, ...] = (
    ITEMS,
    PURPOSES,
    PLACES,
    FILES,
    SUBJECTS,
    HOLDINGS,
    CONSENTS,
    REQUESTS,
    STAFF,
    DESTRUCTIONS,
    ORDERS,
    DOCUMENTS,
    IMPORTS,
    JOURNAL,
)
