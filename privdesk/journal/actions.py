"""Every action there is a journal word for. An unregistered action raises; it is never skipped."""

from __future__ import annotations

from privdesk.core.i18n import N_

ACTIONS: dict[str, str] = {
    "vault.created": N_("Vault created"),
    "vault.opened": N_("Vault opened"),
    "vault.clock": N_("Clock set back noticed"),
    "vault.migrated": N_("Format brought up to date"),
    "vault.setting": N_("Setting changed"),
    "calendar.changed": N_("Office calendar changed"),
    "vault.roll": N_("Epoch secret changed"),
    "vault.handover": N_("Epoch secret taken over"),
    "vault.backup": N_("Backup made"),
    "vault.custody": N_("Custody copy recorded"),
    "vault.kit": N_("Recovery kit used"),
    "people.added": N_("Person given access"),
    "people.changed": N_("Access changed"),
    "people.removed": N_("Access removed"),
    "people.passphrase": N_("Passphrase changed"),
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
    "destruction.requested": N_("Destruction requested"),
    "destruction.approved": N_("Destruction approved"),
    "destruction.cancelled": N_("Destruction cancelled"),
    "destruction.executed": N_("Destruction executed"),
    "destruction.rows": N_("Records destroyed"),
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
    "finding.put-off": N_("Finding put off"),
    "finding.given": N_("Finding given to a person"),
    "finding.excepted": N_("Finding excepted"),
}


class UnregisteredActionError(LookupError):
    """The program tried to journal an action that has no entry in ACTIONS (a bug)."""


def registered(action: str) -> str:
    """Return the action, or raise where it is not registered."""
    if action not in ACTIONS:
        raise UnregisteredActionError(action)
    return action
