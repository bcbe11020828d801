"""The screens' texts in Czech; it says nothing about where they stand."""

from device_agent.wire.severity_signs import SEVERITY_SIGNS
from kiosk_app.account.causes import AccountCause
from kiosk_app.cards.causes import CardCause
from kiosk_app.receipt.status import PrinterCause
from kiosk_app.screens.props.texts import Advice, Texts
from kiosk_app.screens.props.ways_cs import CZECH_WAYS
from kiosk_app.session.causes import EndReason
from kiosk_app.session.screen.in_account import Section

_COUNTER = "Prosíme, obraťte se na přepážku."
_EXPIRED = (
    "Prošlým průkazem se nelze prokázat. O nový požádáte na kterémkoli úřadu obce s rozšířenou "
    "působností, tedy i zde na přepážce."
)

CZECH = Texts(
    language="Čeština",
    weekdays=("pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle"),
    months=(
        "ledna",
        "února",
        "března",
        "dubna",
        "května",
        "června",
        "července",
        "srpna",
        "září",
        "října",
        "listopadu",
        "prosince",
    ),
    back="Zpět",
    finish="Konec",
    sample="VZOR · ukázková data",
    offline="Infobox je právě bez spojení. Veřejné informace mohou být starší.",
    touch="Dotkněte se obrazovky",
    touch_detail="Úřad na jednom místě: platby, řízení, úřední deska",
    card_hint=Advice("Máte u sebe občanský průkaz?", "Přiložte jej na čtečku pod obrazovkou."),
    welcome="Dobrý den",
    welcome_detail="S čím vám můžeme pomoci?",
    account_tile=Advice(
        "Můj účet", "Co máte s úřadem otevřené: úkoly, platby, řízení a dokumenty. S průkazem."
    ),
    board_tile=Advice("Úřední deska", "Vyhlášky, oznámení a záměry města"),
    situations_tile=Advice("Životní situace", "Jak co vyřídit, kde a s jakými doklady"),
    can_title="Zadejte šest číslic z průkazu",
    can_detail="Kód CAN je na lícní straně občanského průkazu vpravo dole.",
    can_wrong="Kód nesouhlasil s průkazem. Zadejte jej prosím znovu.",
    can_where="Zde najdete kód CAN",
    ok="Potvrdit",
    erase="Smazat",
    put_card=Advice("Položte průkaz na čtečku", "Čtečka je pod obrazovkou. Průkaz na ní nechte."),
    put_card_again=Advice(
        "Průkaz se pohnul", "Zvedněte jej, položte znovu na čtečku a nechte ležet."
    ),
    reading=Advice("Čteme průkaz", "Ověřujeme čip vašeho průkazu."),
    asking=Advice("Ptáme se úřadu", "Průkaz je v pořádku, načítáme váš účet."),
    hold_still="Nechte průkaz ležet na čtečce",
    take_card=Advice("Na čtečce leží průkaz", "Je-li váš, vezměte si jej. Pak můžete začít znovu."),
    take_card_hurry="Cizí průkaz prosíme odevzdejte na přepážce.",
    ways=CZECH_WAYS,
    greeting="Dobrý den, {name}",
    as_of="Stav k {moment}",
    sections={
        Section.TODOS: "Úkoly",
        Section.PAYMENTS: "Platby",
        Section.CASES: "Řízení",
        Section.CONTRACTS: "Smlouvy",
        Section.DOCUMENTS: "Dokumenty",
        Section.MESSAGES: "Zprávy",
    },
    nothing={
        Section.TODOS: "Nic po vás nechceme. Máte vše v pořádku.",
        Section.PAYMENTS: "Nemáte nic k zaplacení.",
        Section.CASES: "Neběží žádné řízení.",
        Section.CONTRACTS: "Nemáte s městem žádnou smlouvu.",
        Section.DOCUMENTS: "Nemáte zde žádné dokumenty.",
        Section.MESSAGES: "Nemáte žádné zprávy.",
    },
    nothing_known="Zde teď nic nevidíme, ale některé údaje chybějí.",
    to_pay_total="Celkem k zaplacení",
    remains="Splátka; celkem zbývá {rest} z {whole}",
    missing_agendas="Přehled není úplný, neodpovídá: {names}",
    overdue="Po termínu",
    due="do {date}",
    was_due="mělo být do {date}",
    paid_on="Zaplaceno {date}",
    pay="Zaplatit QR",
    show_case="Ukázat řízení",
    show_message="Ukázat zprávy",
    print_overview="Vytisknout přehled",
    reference="č. j. {reference}",
    desk="Vyřizuje {department}, {desk}",
    deadline="Lhůta do {date}",
    valid_until="platí do {date}",
    valid_forever="na dobu neurčitou",
    valid_from="od {date}",
    issued="vydáno {date}",
    unread="Nová",
    sent_on="{date}",
    steps_done="Hotovo {done} z {all} kroků",
    payment_title="Zaplatit QR kódem",
    payment_how="Naskenujte kód v aplikaci své banky",
    payment_note="Platba se v přehledu objeví, až ji úřad přijme, obvykle do dvou pracovních dnů.",
    amount="Částka",
    account_number="Číslo účtu (IBAN)",
    variable_symbol="Variabilní symbol",
    due_date="Splatnost",
    message="Zpráva pro příjemce",
    no_qr="Pro tuto platbu nelze QR kód sestavit. Údaje vám sdělí přepážka.",
    print="Vytisknout",
    no_printer="Nelze tisknout",
    printing=Advice("Tiskneme", "Chvilku strpení, lístek vyjede pod obrazovkou."),
    printed=Advice("Vytištěno", "Vezměte si lístek pod obrazovkou."),
    printed_personal="Jsou na něm osobní údaje, nenechávejte jej zde.",
    go_on="Pokračovat",
    board_detail="Aktuálně vyvěšené dokumenty",
    posted="vyvěšeno {date}",
    relevant_until="do {date}",
    documents="Přílohy",
    situations_detail="Vyberte, co potřebujete vyřídit",
    what="O co jde",
    who="Kdo může žádat",
    where="Kde to vyřídíte",
    papers="Co s sebou",
    fee="Poplatek",
    duration="Jak dlouho to trvá",
    still_here=Advice("Jste tu ještě?", "Za {seconds} s se odhlásíme, aby nikdo neviděl váš účet."),
    stay="Ano, pokračovat",
    try_again="Zkusit znovu",
    severities={severity: sign.czech for severity, sign in SEVERITY_SIGNS.items()},
    area="Kde",
    valid_to="Platí do",
    understood="Rozumím",
    alert_stays="Výstraha zůstane na obrazovce, dokud ji krizový štáb neodvolá.",
    card_problems={
        CardCause.WRONG_CAN: Advice(
            "Kód nesouhlasil příliš často",
            "Čip teď žádný kód nepřijme. Zvedněte průkaz ze čtečky, položte jej znovu a opište "
            "šest číslic z lícní strany.",
        ),
        CardCause.TAKEN_TOO_EARLY: Advice(
            "Průkaz byl odebrán příliš brzy",
            "Vraťte jej na čtečku a nechte jej tam, dokud neskončíte.",
        ),
        CardCause.TURNED_OVER: Advice(
            "Průkaz je obráceně",
            "Čip neodpovídá. Otočte průkaz fotografií nahoru a položte jej doprostřed čtečky.",
        ),
        CardCause.UNSUPPORTED: Advice(
            "Tento průkaz neumíme přečíst",
            "Bankovní karty, průkazy do knihovny ani řidičské průkazy nepoznají, kdo jste.",
        ),
        CardCause.EXPIRED: Advice("Průkaz už neplatí", _EXPIRED),
        CardCause.READER_MISSING: Advice(
            "Čtečka průkazů není dostupná",
            "S průkazem se teď přihlásit nelze. Správce jsme upozornili.",
        ),
        CardCause.DAMAGED: Advice(
            "Čip průkazu nelze přečíst",
            "Otřete průkaz a zkuste to ještě jednou. Nepomůže-li to, může být čip poškozený.",
        ),
    },
    account_problems={
        AccountCause.UNREACHABLE: Advice(
            "Úřad teď neodpovídá",
            "Účet nyní nelze zobrazit. Váš průkaz je v pořádku, zkuste to za chvíli.",
        ),
        AccountCause.CARD_NOT_ACCEPTED: Advice(
            "Průkaz se nepodařilo ověřit", f"Údaje na čipu nelze uznat. {_COUNTER}"
        ),
        AccountCause.CHIP_NOT_GENUINE: Advice(
            "Průkaz se nepodařilo ověřit", f"Čip neprokázal svou pravost. {_COUNTER}"
        ),
        AccountCause.CARD_EXPIRED: Advice("Průkaz už neplatí", _EXPIRED),
        AccountCause.CARD_REVOKED: Advice(
            "Průkaz je veden jako neplatný",
            "Jeho vydavatel jej nebo jeho podpis zneplatnil. Obraťte se na úřad, který jej vydal.",
        ),
        AccountCause.CARD_UNKNOWN: Advice(
            "K tomuto průkazu nemáme účet", f"Účet vám na počkání zřídíme. {_COUNTER}"
        ),
        AccountCause.TOO_MANY_ATTEMPTS: Advice(
            "Příliš mnoho pokusů", "Z bezpečnostních důvodů chvíli počkejte a zkuste to znovu."
        ),
        AccountCause.SESSION_ENDED: Advice(
            "Přihlášení vypršelo", "Pro vaši bezpečnost se přihlaste znovu."
        ),
        AccountCause.BROKEN_ANSWER: Advice(
            "Úřad odpověděl nesrozumitelně", f"Správce jsme upozornili. {_COUNTER}"
        ),
        AccountCause.PIN_WRONG: Advice(
            "PIN nesouhlasí", "Zkontrolujte PIN účtu, který jste si zvolili na přepážce."
        ),
        AccountCause.PIN_LOCKED: Advice(
            "PIN je zablokovaný",
            "Chráníme vás před hádáním. Na přepážce vám jej s průkazem odblokují.",
        ),
        AccountCause.NOT_ENTITLED: Advice(
            "Tento účet vám nemůžeme ukázat",
            f"Oprávnění jednat za tuto osobu už neplatí nebo je neznáme. {_COUNTER}",
        ),
        AccountCause.DEVICE_LOGIN_DENIED: Advice(
            "Přihlášení jste odmítli",
            "V telefonu bylo přihlášení zrušeno. Nic se nestalo, můžete začít znovu.",
        ),
        AccountCause.DEVICE_LOGIN_EXPIRED: Advice(
            "Kód už neplatí", "Přihlášení telefonem trvalo příliš dlouho. Začněte s novým kódem."
        ),
        AccountCause.PERSON_UNKNOWN: Advice(
            "Zatím u nás nemáte účet",
            f"V telefonu je vše v pořádku. Účet vám na počkání zřídíme. {_COUNTER}",
        ),
        AccountCause.TIME_TAKEN: Advice(
            "Tento čas už je obsazený", "Někdo byl o chvilku rychlejší. Vyberte prosím jiný."
        ),
        AccountCause.ADDRESS_REFUSED: Advice(
            "Na tuto adresu nelze psát", "Zkontrolujte e-mail nebo číslo mobilu."
        ),
        AccountCause.CODE_WRONG: Advice("Kód nesouhlasí", "Opište šest číslic ze zprávy."),
        AccountCause.CODE_EXPIRED: Advice(
            "Kód už neplatí", "Nechte si poslat nový, platí deset minut."
        ),
    },
    printer_problems={
        PrinterCause.UNREACHABLE: Advice(
            "Tiskárna není dostupná", "Platbu můžete naskenovat přímo z obrazovky."
        ),
        PrinterCause.SILENT: Advice(
            "Tiskárna neodpovídá", "Platbu můžete naskenovat přímo z obrazovky."
        ),
        PrinterCause.OFFLINE: Advice(
            "Tiskárna je vypnutá", "Platbu můžete naskenovat přímo z obrazovky."
        ),
        PrinterCause.COVER_OPEN: Advice(
            "Kryt tiskárny je otevřený", "Lístek se nevytiskl. Správce jsme upozornili."
        ),
        PrinterCause.PAPER_OUT: Advice(
            "V tiskárně došel papír", "Lístek se nevytiskl. Naskenujte platbu z obrazovky."
        ),
        PrinterCause.CUTTER: Advice(
            "Tiskárna se zasekla", "Lístek se nevytiskl. Správce jsme upozornili."
        ),
        PrinterCause.HARDWARE: Advice(
            "Tiskárna má poruchu", "Lístek se nevytiskl. Správce jsme upozornili."
        ),
        PrinterCause.NOT_CONFIRMED: Advice(
            "Tisk není potvrzený",
            "Podívejte se prosím pod obrazovku, zda lístek vyjel celý, a vezměte si jej.",
        ),
    },
    farewells={
        EndReason.FINISHED: Advice("Na shledanou", "Vezměte si s sebou průkaz i lístek."),
        EndReason.CARD_TAKEN: Advice("Na shledanou", "Jste odhlášeni. Vezměte si i lístek."),
        EndReason.CARD_PUT: Advice(
            "Odhlásili jsme vás",
            "Na čtečku někdo položil průkaz. Účet otevřený telefonem jsme proto zavřeli.",
        ),
        EndReason.TIMED_OUT: Advice("Odhlásili jsme vás", "Vezměte si s sebou průkaz i lístek."),
    },
)
