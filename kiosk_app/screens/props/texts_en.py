"""The screens' texts in English; it says nothing about where they stand."""

from device_agent.wire.severity_signs import SEVERITY_SIGNS
from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.screens.props.texts import Advice, Texts
from kiosk_app.screens.props.ways_en import ENGLISH_WAYS
from kiosk_app.session.causes import EndReason
from kiosk_app.session.screen.in_account import Section

_COUNTER = "Please ask at the counter."
_EXPIRED = (
    "An expired card proves nothing. You apply for a new one at any municipality with extended "
    "powers, so also here at the counter."
)

ENGLISH = Texts(
    language="English",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    back="Back",
    finish="Finish",
    sample="SAMPLE · invented data",
    offline="This infobox is offline. Public information may be older.",
    touch="Touch the screen",
    touch_detail="The city hall in one place: payments, cases, notice board",
    card_hint=Advice("Do you have your ID card?", "Put it on the reader below the screen."),
    welcome="Hello",
    welcome_detail="How can we help you?",
    account_tile=Advice(
        "My account", "What is open with the city hall: to-dos, payments, cases. With your ID card."
    ),
    board_tile=Advice("Notice board", "By-laws, announcements and plans of the city"),
    situations_tile=Advice("Life situations", "How to get things done, where, with what papers"),
    can_title="Enter the six digits from your card",
    can_detail="The CAN is on the front of the ID card, at the bottom right.",
    can_wrong="The code did not match the card. Please enter it again.",
    can_where="The CAN is here",
    ok="Confirm",
    erase="Erase",
    put_card=Advice("Put your card on the reader", "It is below the screen. Leave the card there."),
    put_card_again=Advice("The card moved", "Lift it, put it on the reader again and leave it."),
    reading=Advice("Reading your card", "We are checking the chip of your card."),
    asking=Advice("Asking the city hall", "Your card is fine, we are fetching your account."),
    hold_still="Leave the card on the reader",
    take_card=Advice(
        "There is a card on the reader", "If it is yours, take it. Then you can start again."
    ),
    take_card_hurry="Somebody else's card? Please hand it in at the counter.",
    ways=ENGLISH_WAYS,
    greeting="Hello, {name}",
    as_of="As of {moment}",
    sections={
        Section.TODOS: "To do",
        Section.PAYMENTS: "Payments",
        Section.CASES: "Cases",
        Section.CONTRACTS: "Contracts",
        Section.DOCUMENTS: "Documents",
        Section.MESSAGES: "Messages",
    },
    nothing={
        Section.TODOS: "We need nothing from you. Everything is in order.",
        Section.PAYMENTS: "You have nothing to pay.",
        Section.CASES: "No case is under way.",
        Section.CONTRACTS: "You have no contract with the city.",
        Section.DOCUMENTS: "There are no documents here.",
        Section.MESSAGES: "You have no messages.",
    },
    nothing_known="We see nothing here now, but some data are missing.",
    to_pay_total="To pay in total",
    remains="An instalment; {rest} of {whole} remain in all",
    missing_agendas="This overview is not complete, no answer from: {names}",
    overdue="Overdue",
    due="by {date}",
    was_due="was due {date}",
    paid_on="Paid on {date}",
    pay="Pay by QR",
    show_case="Show the case",
    show_message="Show messages",
    print_overview="Print overview",
    reference="ref. {reference}",
    desk="Handled by {department}, {desk}",
    deadline="Decision by {date}",
    valid_until="valid until {date}",
    valid_forever="open-ended",
    valid_from="from {date}",
    issued="issued {date}",
    unread="New",
    sent_on="{date}",
    steps_done="{done} of {all} steps done",
    payment_title="Pay by QR code",
    payment_how="Scan the code in your banking app",
    payment_note="The payment appears here once the city hall receives it, usually in two days.",
    amount="Amount",
    account_number="Account number (IBAN)",
    variable_symbol="Variable symbol",
    due_date="Due date",
    message="Message for the recipient",
    no_qr="No QR code can be made for this payment. Please ask at the counter.",
    print="Print",
    no_printer="Cannot print",
    printing=Advice("Printing", "One moment, the slip comes out below the screen."),
    printed=Advice("Printed", "Take the slip below the screen."),
    printed_personal="It carries personal data, please do not leave it here.",
    go_on="Continue",
    board_detail="Documents posted now",
    posted="posted {date}",
    relevant_until="until {date}",
    documents="Attachments",
    situations_detail="Choose what you need to get done",
    what="What it is",
    who="Who may apply",
    where="Where",
    papers="What to bring",
    fee="Fee",
    duration="How long it takes",
    still_here=Advice(
        "Are you still here?", "In {seconds} s we sign you out, so that nobody sees your account."
    ),
    stay="Yes, continue",
    try_again="Try again",
    severities={severity: sign.english for severity, sign in SEVERITY_SIGNS.items()},
    area="Where",
    valid_to="Valid until",
    understood="I understand",
    alert_stays="This alert stays on the screen until the crisis staff withdraw it.",
    card_problems={
        CardCause.WRONG_CAN: Advice(
            "The code was wrong too often",
            "The chip takes no code now. Lift the card, put it on the reader again and copy the "
            "six digits from its front.",
        ),
        CardCause.TAKEN_TOO_EARLY: Advice(
            "The card was taken too early",
            "Put it back on the reader and leave it there until you are done.",
        ),
        CardCause.TURNED_OVER: Advice(
            "The card is turned over",
            "The chip does not answer. Turn the photograph up and lay the card on the middle.",
        ),
        CardCause.UNSUPPORTED: Advice(
            "We cannot read this card",
            "Bank cards, library cards and driving licences cannot tell us who you are.",
        ),
        CardCause.EXPIRED: Advice("This card is no longer valid", _EXPIRED),
        CardCause.READER_MISSING: Advice(
            "The card reader is not available",
            "Nobody can sign in with a card now. The caretaker knows.",
        ),
        CardCause.DAMAGED: Advice(
            "The chip cannot be read",
            "Wipe the card and try once more. If that does not help, the chip may be damaged.",
        ),
    },
    account_problems={
        AccountCause.UNREACHABLE: Advice(
            "The city hall does not answer now",
            "Your account cannot be shown. Your card is fine, please try again in a while.",
        ),
        AccountCause.CARD_NOT_ACCEPTED: Advice(
            "The card could not be verified", f"The data on the chip were not accepted. {_COUNTER}"
        ),
        AccountCause.CHIP_NOT_GENUINE: Advice(
            "The card could not be verified", f"The chip did not prove that it is real. {_COUNTER}"
        ),
        AccountCause.CARD_EXPIRED: Advice("This card is no longer valid", _EXPIRED),
        AccountCause.CARD_REVOKED: Advice(
            "This card is reported invalid",
            "Its issuer has withdrawn it or its signature. Please go to the office that issued it.",
        ),
        AccountCause.CARD_UNKNOWN: Advice(
            "We have no account for this card", f"We open one while you wait. {_COUNTER}"
        ),
        AccountCause.TOO_MANY_ATTEMPTS: Advice(
            "Too many attempts", "For your safety wait a while and try again."
        ),
        AccountCause.SESSION_ENDED: Advice(
            "You were signed out", "For your safety please sign in again."
        ),
        AccountCause.BROKEN_ANSWER: Advice(
            "The city hall's answer makes no sense", f"The caretaker knows. {_COUNTER}"
        ),
        AccountCause.PIN_WRONG: Advice(
            "The PIN is wrong", "Check the account PIN that you chose at the counter."
        ),
        AccountCause.PIN_LOCKED: Advice(
            "The PIN is locked",
            "This protects you from guessing. With your card, the counter unlocks it.",
        ),
        AccountCause.NOT_ENTITLED: Advice(
            "We cannot show you this account",
            f"Your right to act for them has ended or is not known to us. {_COUNTER}",
        ),
        AccountCause.DEVICE_LOGIN_DENIED: Advice(
            "You declined to sign in",
            "The sign-in was cancelled on the phone. Nothing happened, you can start again.",
        ),
        AccountCause.DEVICE_LOGIN_EXPIRED: Advice(
            "The code has expired", "Signing in by phone took too long. Start with a new code."
        ),
        AccountCause.PERSON_UNKNOWN: Advice(
            "You have no account here yet",
            f"All is well with your phone. We open an account while you wait. {_COUNTER}",
        ),
        AccountCause.TIME_TAKEN: Advice(
            "This time is taken", "Somebody was a moment faster. Please choose another one."
        ),
        AccountCause.ADDRESS_REFUSED: Advice(
            "We cannot write to this address", "Check the e-mail or the mobile number."
        ),
        AccountCause.CODE_WRONG: Advice(
            "The code does not match", "Copy the six digits of the message."
        ),
        AccountCause.CODE_EXPIRED: Advice(
            "The code is no longer valid", "Ask for a new one; it is valid for ten minutes."
        ),
    },
    printer_problems={
        PrinterCause.UNREACHABLE: Advice(
            "The printer is not available", "You can scan the payment from the screen."
        ),
        PrinterCause.SILENT: Advice(
            "The printer does not answer", "You can scan the payment from the screen."
        ),
        PrinterCause.OFFLINE: Advice(
            "The printer is off", "You can scan the payment from the screen."
        ),
        PrinterCause.COVER_OPEN: Advice(
            "The printer's cover is open", "The slip was not printed. The caretaker knows."
        ),
        PrinterCause.PAPER_OUT: Advice(
            "The printer is out of paper", "The slip was not printed. Scan it from the screen."
        ),
        PrinterCause.CUTTER: Advice(
            "The printer is jammed", "The slip was not printed. The caretaker knows."
        ),
        PrinterCause.HARDWARE: Advice(
            "The printer is out of order", "The slip was not printed. The caretaker knows."
        ),
        PrinterCause.NOT_CONFIRMED: Advice(
            "The printing is not confirmed",
            "Please look below the screen whether the whole slip came out, and take it.",
        ),
    },
    farewells={
        EndReason.FINISHED: Advice("Goodbye", "Do not forget your card and your slip."),
        EndReason.CARD_TAKEN: Advice("Goodbye", "You are signed out. Do not forget your slip."),
        EndReason.CARD_PUT: Advice(
            "We signed you out",
            "Somebody put a card on the reader, so we closed the account that a phone had opened.",
        ),
        EndReason.TIMED_OUT: Advice("We signed you out", "Do not forget your card and your slip."),
    },
)
