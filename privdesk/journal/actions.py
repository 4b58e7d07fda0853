"""Every action there is a journal word for. An unregistered action raises; it is never skipped."""

from __future__ import annotations

from privdesk.core.i18n import N_

ACTIONS: dict[str, str] = {
    "vault.created": N_("Vault created"),
    "vault.opened": N_("Vault opened"),
    "vault.restored": N_("Restored from a backup"),
    "vault.declared": N_("Declared restore"),
    "vault.clock": N_("Clock set back noticed"),
    "vault.jump": N_("Clock gone forward noticed"),
    "vault.rights": N_("Rights of files and folders that were open to others taken away"),
    "vault.migrated": N_("Format brought up to date"),
    "vault.setting": N_("Setting changed"),
    "calendar.changed": N_("Office calendar changed"),
    "vault.roll": N_("Epoch secret changed"),
    "vault.handover": N_("Epoch secret taken over"),
    "vault.backup": N_("Backup made"),
    "vault.backup_failed": N_("Backup could not be made"),
    "vault.backup_removed": N_("Older backups removed"),
    "vault.custody": N_("Custody copy recorded"),
    "vault.account": N_("Account that keeps the secret recorded"),
    "vault.kit": N_("Recovery kit used"),
    "vault.kit_renewed": N_("Recovery kit replaced"),
    "people.added": N_("Person given access"),
    "people.changed": N_("Access changed"),
    "people.removed": N_("Access removed"),
    "people.passphrase": N_("Passphrase changed"),
    "people.succeeded": N_("Handed over to a successor"),
    "record.created": N_("Created"),
    "record.changed": N_("Changed"),
    "record.voided": N_("Taken out of use"),
    "record.looked": N_("Looked at"),
    "record.searched": N_("Searched"),
    "import.made": N_("Imported"),
    "import.rows": N_("Rows imported"),
    "import.undone": N_("Import undone"),
    "export.made": N_("Exported"),
    "document.issued": N_("Document issued"),
    "document.reprinted": N_("Document printed again"),
    "purpose.ended": N_("Purpose ended"),
    "wording.used": N_("Wording put in force"),
    "wording.retired": N_("Wording taken out of force"),
    "pledge.printed": N_("Pledge sheet printed"),
    "pledge.signed": N_("Pledge signed"),
    "pledge.filed": N_("Signed sheet put on file"),
    "pledge.expunged": N_("Pledge destroyed"),
    "template.used": N_("Office text put in force"),
    "template.retired": N_("Went back to the shipped text"),
    "access.granted": N_("Access right granted"),
    "access.refused": N_("Access right not approved"),
    "access.changed": N_("Access right changed"),
    "access.revoked": N_("Access right revoked"),
    "access.reviewed": N_("Access right reviewed"),
    "access.recheck": N_("Access right to be looked at again"),
    "access.expunged": N_("History of the right destroyed"),
    "access.decided": N_("Decided in a review"),
    "access.review.closed": N_("Access review closed"),
    "staff.leaving": N_("Leaving begun"),
    "staff.left": N_("Leaving done"),
    "staff.compared": N_("Personnel list compared"),
    "handover.done": N_("Work handed over"),
    "session.invited": N_("People invited to a training session"),
    "session.held": N_("Attendance begun"),
    "session.closed": N_("Training session closed"),
    "session.reopened": N_("Training session opened again"),
    "session.cancelled": N_("Training session cancelled"),
    "session.filed": N_("Signed attendance sheet put on file"),
    "attendance.expunged": N_("Training record destroyed"),
    "attendance.marked": N_("Attendance recorded"),
    "zone.permitted": N_("Put on the list of a protected zone"),
    "zone.permit-ended": N_("Taken off the list of a protected zone"),
    "zone.reviewed": N_("List of a protected zone reviewed"),
    "zone.closed": N_("Protected zone closed"),
    "zone.reopened": N_("Protected zone put in force again"),
    "visit.left": N_("Visitor has left"),
    "visit.signed": N_("Visitor has signed"),
    "visit.corrected": N_("Visit corrected"),
    "visit.expunged": N_("Visit destroyed"),
    "visit.cleared": N_("Expired visits destroyed"),
    "place.inspected": N_("Separation of a place inspected"),
    "consent.withdrawn": N_("Consent withdrawn"),
    "consent.receipts": N_("Consent receipts handed over or taken in"),
    "consent.expunged": N_("Proof of the consent destroyed"),
    "holding.held": N_("Legal hold set"),
    "holding.released": N_("Legal hold released"),
    "holding.kept": N_("Kept under another law"),
    "provision.approved": N_("Provision approved"),
    "provision.refused": N_("Provision not approved"),
    "provision.made": N_("Provided to a third party"),
    "provision.confirmed": N_("Provision confirmed"),
    "provision.recalled": N_("Provision recalled"),
    "demand.decided": N_("Demand decided"),
    "demand.expunged": N_("File of the demand destroyed"),
    "demand.answered": N_("Demand answered"),
    "freeze.set": N_("Frozen"),
    "freeze.released": N_("Freeze released"),
    "correction.drawn": N_("Notice to a recipient drawn up"),
    "correction.sent": N_("Notice to a recipient sent"),
    "correction.answered": N_("Reply of a recipient entered"),
    "partner.attached": N_("File attached"),
    "partner.taken-out": N_("File taken out"),
    "processor.merged": N_("Processors merged that are one company"),
    "processor.ended": N_("Contract with a processor ended"),
    "processor.confirmed": N_("Return or destruction confirmed"),
    "processor.resumed": N_("Contract resumed"),
    "contract.ticked": N_("Clauses of a contract ticked"),
    "consignment.notified": N_("People notified of a marketing work"),
    "consignment.ended": N_("Work of a processor ended"),
    "consignment.resumed": N_("Work of a processor resumed"),
    "checklist.used": N_("Checklist put in force"),
    "inspection.finished": N_("Inspection or training finished"),
    "inspection.reopened": N_("Inspection or training opened again"),
    "inspection.settled": N_("Findings of an inspection settled"),
    "finding.fixed": N_("Finding put right"),
    "publication.posted": N_("List of processors posted"),
    "destruction.requested": N_("Destruction requested"),
    "destruction.approved": N_("Destruction approved"),
    "destruction.cancelled": N_("Destruction cancelled"),
    "destruction.executed": N_("Destruction executed"),
    "destruction.rows": N_("Records destroyed"),
    "destruction.again": N_("Destroyed again after a restore"),
    "destruction.verified": N_("Destruction verified"),
    "destruction.place": N_("Place confirmed destruction"),
    "destruction.state": N_("Destruction moved on"),
    "request.identified": N_("Identity checked"),
    "request.compared": N_("What the caller says compared"),
    "request.identity-lapsed": N_("Identity to be checked again"),
    "request.started": N_("Work started"),
    "request.extended": N_("Term extended"),
    "request.answered": N_("Request answered"),
    "request.refused": N_("Request refused"),
    "request.taken-back": N_("Answer taken back"),
    "request.put-right": N_("Answer put right"),
    "request.withdrawn": N_("Request taken back"),
    "request.closed": N_("Request closed"),
    "request.handed-over": N_("Request handed over"),
    "request.attached": N_("File attached"),
    "request.taken-out": N_("Attachment taken out"),
    "request.removed": N_("Attachment removed"),
    "request.expunged": N_("File of the case destroyed"),
    "request.due": N_("Due day worked out again"),
    "request.usage-notice": N_("Usage history notified"),
    "retrieval.replied": N_("Reply to an order entered"),
    "answer.encrypted": N_("Answer handed out as an encrypted file"),
    "retrieval.closed": N_("Order for a request closed"),
    "finding.verified": N_("Corrective action verified"),
    "finding.sent-back": N_("Corrective action sent back"),
    "finding.accepted": N_("Risk accepted"),
    "finding.requested": N_("Corrective action asked for"),
    "audit.finished": N_("Audit finished"),
    "audit.settled": N_("Findings of an audit settled or reopened"),
    "safeguard.checked": N_("Safeguard checked"),
    "alert.updated": N_("Emergency update carried out"),
    "evidence.attached": N_("Evidence attached"),
    "evidence.taken-out": N_("Evidence taken out"),
    "report.reported": N_("Report handed over"),
    "finding.put-off": N_("Finding put off"),
    "finding.given": N_("Finding given to a person"),
    "finding.excepted": N_("Finding excepted"),
    "vault.refused": N_("Wrong passphrases before an opening"),
    "access.denied": N_("Not allowed to this role"),
    "journal.checked": N_("Journal checked"),
    "log.counted": N_("Access log looked through"),
    "log.explained": N_("Entries of the access log explained"),
    "log.concluded": N_("Review of the access log signed"),
    "log.countersigned": N_("Review of the access log countersigned"),
    "log.settled": N_("Follow-up of a log review done"),
}


OF_EVERYBODY = frozenset(
    {
        *("vault.opened", "vault.handover", "vault.clock", "vault.account"),
        *("vault.jump", "vault.rights"),
        *("people.passphrase", "document.issued", "document.reprinted", "export.made"),
        *("record.looked", "record.searched", "journal.checked"),
        *("vault.refused", "access.denied"),
    }
)
OF_REVIEWERS = OF_EVERYBODY | {a for a in ACTIONS if a.startswith("log.")}
OF_AUDITORS = OF_REVIEWERS | {
    *("audit.finished", "audit.settled", "finding.verified", "finding.sent-back"),
    "evidence.attached",
}
"""Of the audit in which the auditor is named; its steps look at that."""
OF_WRITERS = frozenset({"record.created", "record.changed", "record.voided"})
"""Of a record: whoever its register lets write."""
_OF_KIT = {
    *(a for a in ACTIONS if a.startswith(("vault.", "destruction.")) and a != "vault.setting"),
    *("people.added", "document.issued", "access.denied"),
}
# What may be journalled, and so done, by those who are no privacy officers. An officer may do
# everything there is. The recovery kit enrols officers, and like every opening with the keys to
# people it ends what a crash left unfinished: a change of the secret, a destruction's certificate.
OF_ROLES = {
    "manager": OF_REVIEWERS | {"report.reported"},
    "auditor": OF_AUDITORS,
    "recovery": frozenset(_OF_KIT),
    "administrator": OF_EVERYBODY | {"people.added", "people.changed", "people.removed"},
}


def permitted(role: str, action: str) -> bool:
    """Whether a role may do what this action says: the last check before every commit."""
    return role not in OF_ROLES or action in OF_ROLES[role]


class UnregisteredActionError(LookupError):
    """The program tried to journal an action that has no entry in ACTIONS (a bug)."""


def registered(action: str) -> str:
    """Return the action, or raise where it is not registered."""
    if action not in ACTIONS:
        raise UnregisteredActionError(action)
    return action
