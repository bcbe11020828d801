"""One scene for every screen, with an invented citizen; shared by the screenshots and the demo."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from device_agent.wire.alert import Alert, AlertInfo, Certainty, Severity, Urgency
from kiosk_app.account.causes import AccountCause
from kiosk_app.account.model import (
    Account,
    Assurance,
    Case,
    CaseStep,
    Contract,
    Document,
    Instalment,
    LocalizedText,
    Message,
    Payment,
    PersonSummary,
    Principal,
    PrincipalKind,
    Receivable,
    ReceivableState,
    Scope,
    StepState,
    Todo,
    TodoKind,
)
from kiosk_app.cards.causes import CardCause
from kiosk_app.content.model import Bilingual, CityContent, LifeSituation, Notice, NoticeDocument
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.screens.props import City, Scene
from kiosk_app.session.causes import EndReason
from kiosk_app.session.model import Device, Language, Offer, Session
from kiosk_app.session.password import CardCode, PassportField, PassportForm
from kiosk_app.session.screen import Screen
from kiosk_app.session.screen.in_account import (
    AccountView,
    CheckingPin,
    ChoosePrincipal,
    EnterPin,
    PaymentView,
    Printed,
    Printing,
    Section,
    Switching,
)
from kiosk_app.session.screen.public import (
    Attract,
    Ended,
    Home,
    LifeSituationsView,
    NoticeBoardView,
)
from kiosk_app.session.screen.signing_in import (
    EnterCan,
    EnterPassport,
    PhoneAsking,
    PhoneWaiting,
    PutCard,
    Reading,
)
from kiosk_app.session.screen.trouble import Problem, TakeCard
from kiosk_app.session.seconds import Seconds

WALL = datetime(2026, 11, 24, 10, 24, tzinfo=UTC)
CITY = City("Liberec", "Otevřené město", ZoneInfo("Europe/Prague"))
IBAN = "CZ6508000000192000145399"


def _t(cs: str, en: str) -> LocalizedText:
    return LocalizedText(cs, en)


def _b(cs: str, en: str) -> Bilingual:
    return Bilingual(cs, en)


FINANCE = _t("Odbor ekonomiky", "Finance department")
BUILDING = _t("Stavební úřad", "Building authority")
REGISTRY = _t("Odbor správní", "Registry department")


def _receivable(
    number: int,
    cs: str,
    en: str,
    amount: str,
    due: date,
    state: ReceivableState,
) -> Receivable:
    return Receivable(
        id=f"R-{number}",
        title=_t(cs, en),
        department=FINANCE,
        amount=Decimal(amount),
        due=due,
        variable_symbol=f"999009812{number}",
        iban=IBAN,
        message=f"VZOR {cs.upper()}",
        state=state,
        paid_on=date(2026, 5, 12) if state is ReceivableState.PAID else None,
    )


def _steps(*titles: tuple[str, str], done: int) -> tuple[CaseStep, ...]:
    return tuple(
        CaseStep(
            _t(cs, en),
            StepState.DONE
            if index < done
            else StepState.CURRENT
            if index == done
            else StepState.AHEAD,
            date(2026, 9, 3 + 9 * index) if index < done else None,
        )
        for index, (cs, en) in enumerate(titles)
    )


ACCOUNT = Account(
    person=PersonSummary("JANA VZOROVÁ", is_sample=True),
    as_of=WALL,
    todos=(
        Todo(
            "T-1",
            TodoKind.PAY,
            _t("Zaplaťte poplatek za odpad", "Pay the waste fee"),
            _t("Poplatek za komunální odpad za rok 2026", "Municipal waste fee for 2026"),
            date(2026, 9, 30),
            overdue=True,
            receivable_id="R-1",
        ),
        Todo(
            "T-2",
            TodoKind.SUPPLY,
            _t("Doplňte stanovisko hasičů", "Hand in the fire brigade's opinion"),
            _t(
                "Bez něj stavební úřad o pergole nerozhodne.",
                "The building authority cannot decide on the pergola without it.",
            ),
            date(2026, 12, 4),
            overdue=False,
            case_id="C-1",
        ),
        Todo(
            "T-3",
            TodoKind.RENEW,
            _t("Vyměňte si řidičský průkaz", "Renew your driving licence"),
            _t(
                "Platnost končí 17. 1. 2027. Stačí průkaz a chvíle na přepážce.",
                "It expires on 17 January 2027. Bring it to the counter.",
            ),
            date(2027, 1, 17),
            overdue=False,
        ),
        Todo(
            "T-4",
            TodoKind.READ,
            _t("Přečtěte si novou zprávu", "Read a new message"),
            _t("Od odboru správního", "From the registry department"),
            None,
            overdue=False,
        ),
    ),
    cases=(
        Case(
            "C-1",
            "MML/SU/2026/117",
            _t("Stavba pergoly na Ruprechticích", "Building a pergola in Ruprechtice"),
            BUILDING,
            _t("kancelář 312", "room 312"),
            date(2026, 9, 3),
            date(2026, 12, 12),
            _steps(
                ("Přijato", "Received"),
                ("Posouzení", "Assessment"),
                ("Doplnění podkladů", "Further papers"),
                ("Rozhodnutí", "Decision"),
                ("Právní moc", "Legal force"),
                done=2,
            ),
        ),
        Case(
            "C-2",
            "MML/OS/2026/2041",
            _t("Nový cestovní pas", "New passport"),
            REGISTRY,
            _t("přepážka 7", "counter 7"),
            date(2026, 11, 2),
            None,
            _steps(
                ("Žádost", "Application"),
                ("Výroba", "Production"),
                ("K vyzvednutí", "Ready"),
                done=1,
            ),
        ),
    ),
    receivables=(
        _receivable(
            1,
            "Poplatek za komunální odpad 2026",
            "Municipal waste fee 2026",
            "1234.50",
            date(2026, 9, 30),
            ReceivableState.OVERDUE,
        ),
        _receivable(
            2,
            "Nájem zahrádky 2026",
            "Garden rent 2026",
            "2480.00",
            date(2026, 12, 15),
            ReceivableState.OPEN,
        ),
        _receivable(
            3,
            "Poplatek za psa 2026",
            "Dog fee 2026",
            "600.00",
            date(2026, 3, 31),
            ReceivableState.PAID,
        ),
    ),
    contracts=(
        Contract(
            "K-1",
            "4/12/0233",
            _t("Pacht zahrádky č. 41", "Lease of garden no. 41"),
            _t("Odbor majetku", "Property department"),
            _t("2 480 Kč ročně, splatno do 15. prosince", "CZK 2,480 a year, due by 15 December"),
            date(2021, 1, 1),
            date(2030, 12, 31),
        ),
        Contract(
            "K-2",
            "4/17/1180",
            _t("Vyhrazené parkování, Klášterní", "Reserved parking, Klášterní street"),
            _t("Odbor dopravy", "Transport department"),
            _t("6 000 Kč ročně", "CZK 6,000 a year"),
            date(2024, 6, 1),
            None,
        ),
    ),
    documents=(
        Document(
            "D-1", _t("Občanský průkaz", "ID card"), REGISTRY, date(2022, 5, 17), date(2032, 5, 17)
        ),
        Document(
            "D-2", _t("Rozhodnutí o poplatku", "Fee decision"), FINANCE, date(2026, 2, 2), None
        ),
    ),
    messages=(
        Message(
            "M-1",
            _t("Pas bude k vyzvednutí", "Your passport will be ready"),
            _t(
                "Váš nový pas očekáváme do 30. listopadu. Vyzvednete si jej na přepážce 7.",
                "We expect your new passport by 30 November. Collect it at counter 7.",
            ),
            REGISTRY,
            date(2026, 11, 20),
            read=False,
        ),
        Message(
            "M-2",
            _t("Potvrzení platby za psa", "Dog fee received"),
            _t("Děkujeme, poplatek jsme přijali.", "Thank you, we received the fee."),
            FINANCE,
            date(2026, 5, 12),
            read=True,
        ),
    ),
)

CONTENT = CityContent(
    city="Liberec",
    as_of=date(2026, 11, 24),
    sample=True,
    notices=tuple(
        Notice(
            f"https://example.org/n/{index}",
            _b(cs, en),
            "https://example.org",
            f"MML {index}/2026",
            "",
            date(2026, 11, 24 - 3 * index),
            date(2026, 12, 9 - index),
            (NoticeDocument("Text vyhlášky.pdf", ""), NoticeDocument("Mapa území.pdf", "")),
        )
        for index, (cs, en) in enumerate(
            (
                ("Záměr pronájmu pozemku v Ruprechticích", "Plan to let a plot in Ruprechtice"),
                ("Veřejná vyhláška: uzavírka ulice Klášterní", "Closure of Klášterní street"),
                ("Rozpočtové opatření č. 9", "Budget measure no. 9"),
                ("Pozvánka na zasedání zastupitelstva", "Meeting of the city assembly"),
                ("Výběrové řízení: referent odboru dopravy", "Vacancy: transport clerk"),
                ("Oznámení o zahájení územního řízení", "Start of a zoning procedure"),
                ("Nález: svazek klíčů u zoo", "Found: a bunch of keys at the zoo"),
                ("Změna jízdních řádů městské dopravy", "New timetables of the city transport"),
            )
        )
    ),
    situations=tuple(
        LifeSituation(
            slug,
            _b(cs, en),
            _b("Vydání průkazu občanovi, který ztratil starý.", "A new card for a citizen."),
            _b("Každý občan starší 15 let.", "Every citizen over 15."),
            _b("Přepážky 5 až 9 v přízemí radnice.", "Counters 5 to 9, ground floor."),
            (_b("Starý průkaz", "The old card"), _b("Rodný list", "Birth certificate")),
            _b("200 Kč", "CZK 200"),
            _b("Do 30 dnů", "Within 30 days"),
            (),
        )
        for slug, cs, en in (
            ("op", "Nový občanský průkaz", "New ID card"),
            ("pes", "Přihlásit psa", "Register a dog"),
            ("byt", "Změna trvalého pobytu", "Change of permanent address"),
        )
    ),
)


def alert(severity: Severity, identifier: str = "A-1") -> Alert:
    return Alert(
        identifier=identifier,
        sent=WALL,
        severity=severity,
        urgency=Urgency.IMMEDIATE,
        certainty=Certainty.OBSERVED,
        expires=datetime(2026, 11, 24, 20, 0, tzinfo=UTC),
        infos=(
            AlertInfo(
                "cs",
                "Povodeň",
                "CVIČENÍ: Nisa stoupá, opusťte nábřeží",
                "Hladina Lužické Nisy překročila třetí stupeň povodňové aktivity.",
                "Odejděte na vyšší místo. Nevjíždějte do zaplavených ulic.",
                "Liberec, nábřeží Nisy",
            ),
            AlertInfo(
                "en",
                "Flood",
                "EXERCISE: the Nisa is rising, leave the embankment",
                "The Lusatian Neisse is above the third flood level.",
                "Go to higher ground. Do not drive into flooded streets.",
                "Liberec, the Nisa embankment",
            ),
        ),
    )


def long_alert() -> Alert:
    """As many words as a crisis staff might write, in three languages."""
    detail = "Voda z přehrady Harcov odtéká přes přeliv a dolní nábřeží bude do hodiny zaplaveno. "
    advice = "Odneste cenné věci do patra, vypněte elektřinu a plyn a odejděte na vyšší místo. "
    long = [
        replace(info, description=detail * 4, instruction=advice * 2)
        for info in alert(Severity.EXTREME).infos
    ]
    german = replace(long[1], language="de", event="Hochwasser", headline="ÜBUNG: die Neiße steigt")
    return replace(alert(Severity.EXTREME, "A-2"), infos=(*long, german))


SESSION = Session(
    front=True,
    online=True,
    offers=frozenset(Offer),
    now=Seconds(100),
    touched=Seconds(100),
)


def _signed_in(screen: Screen) -> Session:
    return replace(
        SESSION, account=ACCOUNT, assurance=Assurance.CHIP_PIN, screen=screen, card="Reader 0"
    )


def _public(screen: Screen) -> Session:
    return replace(SESSION, screen=screen)


PARTS = replace(
    ACCOUNT.receivables[1],
    instalments=(
        Instalment(date(2026, 6, 15), Decimal("1240.00"), date(2026, 6, 12)),
        Instalment(date(2026, 12, 15), Decimal("1240.00"), None),
    ),
    payments=(Payment(date(2026, 6, 12), Decimal("1240.00")),),
)
"""A rent in two parts of which one is paid."""

PRINCIPALS = (
    Principal("self", PrincipalKind.SELF, "JANA VZOROVÁ", _t("", "")),
    Principal(
        "child", PrincipalKind.FAMILY, "ELIŠKA VZOROVÁ", _t("zákonný zástupce", "legal guardian")
    ),
    Principal(
        "company",
        PrincipalKind.COMPANY,
        "VZOR Zahrady s.r.o.",
        _t("jednatel", "managing director"),
        "27074358",
    ),
)
SHUT = (Scope.DOCUMENTS, Scope.SUBMISSIONS, Scope.CHOICES, Scope.MANDATES)


def _shut(section: Section, assurance: Assurance, *shut: Scope, by_phone: bool = False) -> Session:
    """An account of which that sign-in opens a part."""
    kept = replace(ACCOUNT, documents=(), locked=shut or SHUT)
    if Scope.PAYMENTS in shut:
        kept = replace(kept, receivables=(), todos=())
    shown = replace(_signed_in(AccountView(section)), account=kept, assurance=assurance)
    return replace(shown, by_phone=by_phone)


def _with_principals(screen: Screen, principal_id: str = "self") -> Session:
    account = replace(ACCOUNT, principals=PRINCIPALS, principal_id=principal_id)
    return replace(_signed_in(screen), account=account)


def _phone(*, unreachable: bool = False) -> PhoneWaiting:
    return PhoneWaiting(
        "WDJBMJHT",
        "https://prihlaseni.example.org/zarizeni?user_code=WDJBMJHT",
        "https://prihlaseni.example.org/zarizeni",
        Seconds(371),
        Seconds(105),
        Seconds(5),
        unreachable,
    )


_TYPED = PassportForm("12345678", "17051984", "3102", PassportField.EXPIRES)

SESSIONS: Mapping[str, Session] = {
    "attract": _public(Attract()),
    "attract-offline": replace(SESSION, online=False),
    "home": _public(Home()),
    "can": _public(EnterCan("1234")),
    "can-wrong": _public(EnterCan(wrong=True)),
    "can-wrong-tries": _public(EnterCan(wrong=True, tries_left=2)),
    "can-complete": _public(EnterCan("123456")),
    "passport": _public(EnterPassport(PassportForm("1234"))),
    "passport-wrong": _public(EnterPassport(wrong=True)),
    "passport-date": _public(EnterPassport(_TYPED)),
    "passport-no-date": _public(EnterPassport(replace(_TYPED, expires="31022031"))),
    "put-card": _public(PutCard(CardCode("123456"))),
    "put-card-again": _public(PutCard(CardCode("123456"), moved=True)),
    "reading": _public(Reading(CardCode("123456"))),
    "asking": _public(Reading(CardCode("123456"), chip_read=True)),
    "phone-asking": _public(PhoneAsking()),
    "phone": _public(_phone()),
    "phone-unreachable": _public(_phone(unreachable=True)),
    "take-card": _public(TakeCard()),
    **{f"account-{section}": _signed_in(AccountView(section)) for section in Section},
    "account-incomplete": replace(
        _signed_in(AccountView(Section.CONTRACTS)),
        account=replace(
            ACCOUNT, contracts=(), missing_agendas=(_t("Evidence smluv", "Contract register"),)
        ),
        missing=frozenset({Device.PRINTER}),
    ),
    "account-instalments": replace(
        _signed_in(AccountView(Section.PAYMENTS)),
        account=replace(ACCOUNT, receivables=(PARTS,), todos=()),
    ),
    "account-locked": _shut(Section.DOCUMENTS, Assurance.CHIP),
    "account-overview": _shut(Section.TODOS, Assurance.CHIP),
    "account-contact": _shut(
        Section.PAYMENTS, Assurance.IDENTIFIED, *set(Scope) - {Scope.OVERVIEW}
    ),
    "account-phone": _shut(Section.DOCUMENTS, Assurance.OPENID, Scope.DOCUMENTS, by_phone=True),
    "account-company": _with_principals(AccountView(Section.PAYMENTS), "company"),
    "account-child": _with_principals(AccountView(), "child"),
    "payment-company": _with_principals(PaymentView("R-1"), "company"),
    "account-pin-locked": replace(_shut(Section.DOCUMENTS, Assurance.CHIP), pin_locked=True),
    "account-phone-todos": _shut(Section.TODOS, Assurance.OPENID, Scope.DOCUMENTS, by_phone=True),
    "ended-card-put": _public(Ended(EndReason.CARD_PUT)),
    "principals": _with_principals(ChoosePrincipal()),
    "switching": _with_principals(Switching("company")),
    "pin": _signed_in(EnterPin(Section.DOCUMENTS, "258")),
    "pin-wrong": _signed_in(EnterPin(Section.DOCUMENTS, wrong=True, tries_left=3)),
    "pin-wait": _signed_in(
        EnterPin(Section.DOCUMENTS, wrong=True, tries_left=1, until=Seconds(184))
    ),
    "pin-checking": _signed_in(CheckingPin(Section.DOCUMENTS)),
    "payment": _signed_in(PaymentView("R-1")),
    "payment-no-printer": replace(
        _signed_in(PaymentView("R-2")), missing=frozenset({Device.PRINTER})
    ),
    "printing": _signed_in(Printing("R-1")),
    "printed": _signed_in(Printed("R-1")),
    "problem-reader": _public(Problem(CardCause.READER_MISSING)),
    "problem-card": _public(Problem(CardCause.UNSUPPORTED)),
    "problem-contact": replace(
        _public(Problem(CardCause.UNSUPPORTED)), contact=frozenset({"Reader 1"})
    ),
    **{
        f"problem-{cause}": _public(Problem(cause))
        for cause in (*CardCause, *AccountCause)
        if cause not in {CardCause.UNSUPPORTED, CardCause.READER_MISSING, AccountCause.UNREACHABLE}
    },
    "problem-pin-locked": _signed_in(Problem(AccountCause.PIN_LOCKED)),
    "problem-not-entitled": _with_principals(Problem(AccountCause.NOT_ENTITLED)),
    "problem-gateway": _public(Problem(AccountCause.UNREACHABLE)),
    "problem-printer": _signed_in(Problem(PrinterCause.PAPER_OUT, "R-1")),
    "board": _public(NoticeBoardView()),
    "notice": _public(NoticeBoardView("https://example.org/n/1")),
    "situations": _public(LifeSituationsView()),
    "situation": _public(LifeSituationsView("op")),
    "countdown": replace(_signed_in(AccountView()), now=Seconds(168), touched=Seconds(100)),
    "ended": _public(Ended(EndReason.FINISHED)),
    "alert-extreme": replace(_public(Attract()), alerts=(alert(Severity.EXTREME),)),
    "alert-long": replace(_public(Attract()), alerts=(long_alert(),)),
    "alert-severe": replace(_signed_in(AccountView()), alerts=(alert(Severity.SEVERE),)),
    "alert-moderate": replace(_public(Home()), alerts=(alert(Severity.MODERATE),)),
    "alert-aside": replace(
        _signed_in(AccountView()),
        alerts=(alert(Severity.SEVERE),),
        understood=frozenset({"A-1"}),
    ),
}


def scene(name: str, language: Language = Language.CS) -> Scene:
    """The scene of that name."""
    return Scene(replace(SESSIONS[name], language=language), CITY, CONTENT, WALL)
