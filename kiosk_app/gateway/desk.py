"""The desks of one gateway, side by side: what it does for kiosks. No HTTP and no SQL."""

from dataclasses import dataclass

from kiosk_app.gateway.account_desk import AccountDesk
from kiosk_app.gateway.admission import Admission
from kiosk_app.gateway.departments import Departments
from kiosk_app.gateway.device_login import DeviceLogins
from kiosk_app.gateway.document_desk import DocumentDesk
from kiosk_app.gateway.peer import Peer
from kiosk_app.gateway.second_factor import SecondFactor
from kiosk_app.gateway.session_desk import SessionDesk
from kiosk_app.gateway.sign_in import SignIn
from kiosk_app.gateway.store import Store
from kiosk_app.gateway.submissions.dispatcher import Dispatcher
from kiosk_app.gateway.writing_desk import WritingDesk


@dataclass(frozen=True)
class Desk:
    """Every desk of one gateway. Their methods may raise `Refusal`.

    Who may speak to them at all, `sessions.admission` says; that is asked before a request is read.
    """

    sessions: SessionDesk
    sign_in: SignIn
    second_factor: SecondFactor
    device_logins: DeviceLogins
    accounts: AccountDesk
    departments: Departments
    store: Store
    writing: WritingDesk
    documents: DocumentDesk
    letters: Dispatcher

    @property
    def admission(self) -> Admission:
        """Who is a kiosk."""
        return self.sessions.admission

    def forget_refused(self) -> None:
        """End at once what is open for kiosks whose certificates were withdrawn."""
        admits = self.sessions.admission.admits

        def gone(peer: Peer) -> bool:
            return not admits(peer)

        self.sessions.sessions.close_of(gone)
        self.sign_in.forget(gone)
        self.device_logins.forget(gone)

    def close(self) -> None:
        """Let go of all threads and files; only a letter on its way is waited for."""
        self.letters.stop()
        self.departments.close()
        self.second_factor.hashes.close()
        self.device_logins.close()
        self.sessions.audit.close()
        self.store.close()
