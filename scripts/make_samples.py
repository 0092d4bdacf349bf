#!/usr/bin/env python3
"""Writes samples/: made-up contact files with known defects, the same on every machine.

    python3 scripts/make_samples.py            writes samples/
    python3 scripts/make_samples.py OTHERDIR   writes elsewhere, to compare

Nobody in these files exists. E-mail domains are reserved ones (RFC 2606) that lead nowhere.
A record of the CSV sample has at most one defect, so the counts in samples/README.md add up.
"""
import json
import os
import random
import sys
from xml.sax.saxutils import escape

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
OUT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "samples")
R = random.Random(342)

SURNAMES = """Берёзкин Лодочников Тропинин Заречный Пчелин Сугробов Подорожный Камушкин Ветров
Рощин Ручьёв Полянский Снегирёв Листвин Мостовой Туманов Яблочков Озёров Холмов Гнездилов""".split()
SURNAMES_F = """Берёзкина Лодочникова Тропинина Заречная Пчелина Сугробова Подорожная Камушкина
Ветрова Рощина Ручьёва Полянская Снегирёва Листвина Мостовая Туманова Яблочкова Озёрова Холмова
Гнездилова""".split()
NAMES = "Антон Борис Вадим Глеб Денис Егор Захар Игорь Кирилл Лев Марк Никита Олег Павел".split()
NAMES_F = "Алла Вера Галина Дарья Елена Жанна Зоя Инна Кира Лидия Майя Нина Ольга Полина".split()
FATHERS = "Антонович Борисович Вадимович Глебович Денисович Егорович Игоревич Львович".split()
FATHERS_F = "Антоновна Борисовна Вадимовна Глебовна Денисовна Егоровна Игоревна Львовна".split()
JOBS = ["директор", "главный бухгалтер", "менеджер по закупкам", "инженер", "логист", "юрист",
        "заместитель директора", "администратор", "офис-менеджер", ""]
FIRMS = "Пробный Тестовый Образцовый Учебный Примерный Условный Опытный Демонстрационный".split()
KINDS = ["завод", "склад", "магазин", "сервис", "комбинат", "центр"]
CITIES = {"Пермь": "342", "Екатеринбург": "343", "Казань": "843", "Самара": "846", "Москва": "495"}
STREETS = ["ул. Примерная", "пр. Образцовый", "ул. Учебная", "пер. Тестовый", "ш. Условное"]
NOTES = ["отправлено КП", "перезвонить в среду", "встреча состоялась", "договор подписан", ""]
LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
                 "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh sch  y  e yu ya"
                 .split(" ")))


def latin(text):
    return "".join(LATIN.get(letter, letter) for letter in text.lower() if letter.isalpha())


def person():
    if R.randrange(2):
        return R.choice(SURNAMES), R.choice(NAMES), R.choice(FATHERS)
    return R.choice(SURNAMES_F), R.choice(NAMES_F), R.choice(FATHERS_F)


def digits(count):
    return "".join(str(R.randrange(10)) for _ in range(count))


def written(area, number):
    """A Russian number in one of the ways people write it."""
    a, b, c = number[:3], number[3:5], number[5:]
    return R.choice(["+7 ({0}) {1}-{2}-{3}", "8 ({0}) {1}-{2}-{3}", "8-{0}-{1}-{2}-{3}",
                     "+7{0}{1}{2}{3}", "8{0}{1}{2}{3}", "{0} {1} {2} {3}", "7{0}{1}{2}{3}"]
                    ).format(area, a, b, c)


def landline(city):
    return written(CITIES[city], "2" + digits(6))


def mobile():
    return written(R.choice(["902", "912", "919", "922", "951", "982"]), digits(7))


def address(surname, name):
    domain = R.choice(["mail.example", "mail.example", "post.example", "example.com",
                       "example.org", "perm.example.net"])
    a, b = latin(surname), latin(name)
    return R.choice([a, b + "." + a, b[0] + "." + a, a + digits(2), b + "_" + a]) + "@" + domain


# ------------------------------------------------------------------ crm-template-cp1251.csv

COLUMNS = ["Название", "Город", "Web-сайт", "Адрес", "ФИО", "Должность", "E-mail", "Телефон",
           "Сотовый", "Дата", "Активность"]
(TITLE, CITY, SITE, ADDRESS, PERSON, JOB, MAIL, PHONE, MOBILE, DATE, ACTIVITY) = range(11)

#: What is done to a row, the issue that ferry makes of it, in words, where, how often, and the cells
#: it uses in turn.
DEFECTS = [
    ("missing-person", "field.missing", "ФИО is empty", PERSON, 6, [""]),
    ("phone-too-short", "phone.too-short", "phone with too few digits", PHONE, 6,
     ["8 (342) 25-50", "123", "8 800", "+7 922 12", "99-99", "8-342-2"]),
    ("phone-too-long", "phone.too-long", "phone with too many digits", PHONE, 3,
     ["8 (342) 212-11-22-33-44", "8-922-123-45-67-89", "83422121122334455"]),
    ("phone-not-in-use", "phone.not-in-use", "phone no subscriber can have", MOBILE, 3,
     ["+7 (000) 000-00-00", "+7 (222) 222-22-22", "+7 (111) 111-11-11"]),
    ("phone-unknown-country", "phone.unknown-country", "phone with a calling code nobody has", MOBILE, 2,
     ["+999 123456789", "+210 5551234"]),
    ("phone-text", "phone.no-digits", "a word in place of a phone", PHONE, 2, ["у секретаря", "звонить утром"]),
    ("phone-local", "phone.area-code-added", "local number, the area code is missing", PHONE, 5,
     ["212-11-22", "2121123", "тел. 212-11-24", "212 11 25", "(212-11-26)"]),
    ("phone-placeholder", "value.placeholder", "a word for 'none' in place of a phone", PHONE, 8,
     ["нет", "-", "уточнить", "n/a", "нет", "-", "—", "Нет"]),
    ("phone-several", "", "several phones in one cell", PHONE, 12,
     ["8 (342) 212-30-0{0}, 8 (342) 212-31-0{0}", "+7 342 212-32-0{0}; 8 (342) 212-33-0{0}",
      "8(342)2123{0}40 / 8(342)2123{0}41"]),
    ("phone-extension", "", "phone with an extension", PHONE, 10,
     ["8 (342) 212-40-0{0} доб. 12{0}", "+7 (342) 212-41-0{0} доб.3{0}",
      "8 (342) 212-42-0{0}, доб. 4", "+7 342 212-43-0{0} #50{0}"]),
    ("phone-foreign", "", "phone of another country", MOBILE, 5,
     ["+375 29 123-45-67", "+49 30 901820", "+998 90 123 45 67", "+1 212 555 0123",
      "+380 67 123 45 67"]),
    ("email-no-at", "email.no-at", "e-mail without @", MAIL, 4,
     ["vetrov.mail.example", "roschin mail.example", "www.example.com", "polina"]),
    ("email-local-part", "email.local-part", "e-mail with nothing right before the @", MAIL, 4,
     ["vetrov@@mail.example", "@mail.example", "ve[trov@mail.example", "vet(rov@mail.example"]),
    ("email-domain", "email.domain", "e-mail with a domain that cannot be", MAIL, 2,
     ["vetrov@mail_.example", "vetrov@-mail.example"]),
    ("email-look-alike", "email.look-alikes-repaired", "e-mail with Cyrillic look-alike letters", MAIL, 3,
     ["vеtrov@mail.example", "оlga@mail.example", "аnton@post.example"]),
    ("email-repairable", "", "e-mail with something around it", MAIL, 6,
     ["mailto:vetrov1@mail.example", "<vetrov2@mail.example>", " vetrov3@mail.example ",
      "vetrov4@mail.example.", "VETROV5@MAIL.EXAMPLE", "vetrov6@mail.example,"]),
    ("email-placeholder", "value.placeholder", "a word for 'none' in place of an e-mail", MAIL, 4,
     ["нет", "-", "n/a", "уточнить"]),
    ("email-several", "", "several e-mails in one cell", MAIL, 3,
     ["info{0}@post.example, sales{0}@post.example", "a{0}@post.example; b{0}@post.example",
      "c{0}@post.example,d{0}@post.example"]),
    ("date-impossible", "date.impossible", "a day the calendar does not have", DATE, 3,
     ["31.02.2024", "29.02.2023", "32.13.2023"]),
    ("date-unreadable", "date.unreadable", "a date that is not one", DATE, 2, ["весной", "скоро"]),
    ("date-iso", "", "a date as YYYY-MM-DD", DATE, 4,
     ["2024-05-12", "2023-11-03", "2024-01-31", "2022-02-28"]),
    ("quoted-delimiter", "", "a ; inside quotes", ADDRESS, 8, ["ул. Примерная, {0}; офис {0}"]),
    ("quoted-quotes", "", "doubled quotes inside quotes", TITLE, 10, ['ООО "Образец-{0}"']),
    ("quoted-line-break", "", "a line break inside quotes", ADDRESS, 4,
     ["ул. Учебная, {0}\nподъезд 2, этаж 3"]),
    ("no-break-space", "", "no-break spaces in a phone", MOBILE, 3, ["+7\u00a0922\u00a0123-45-0{0}"]),
]
ROWS = 300
DUPLICATES = 5
SHORT_ROWS = 1


def clean_row():
    surname, name, father = person()
    city = R.choice(sorted(CITIES))
    firm = R.choice(FIRMS) + " " + R.choice(KINDS)
    return [
        firm, city, R.choice(["", "www.example.com", "http://perm.example.net"]),
        "%s, %d" % (R.choice(STREETS), R.randrange(1, 120)),
        " ".join([surname, name, father]), R.choice(JOBS),
        address(surname, name) if R.randrange(10) else "",
        landline(city) if R.randrange(8) else "", mobile() if R.randrange(6) else "",
        "%02d.%02d.%d" % (R.randrange(1, 29), R.randrange(1, 13), R.randrange(2021, 2026)),
        R.choice(NOTES)]


def quoted(cell):
    if any(sign in cell for sign in ';"\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def crm_template():
    rows = [clean_row() for _ in range(ROWS - DUPLICATES)]
    plan = [(column, cells[i % len(cells)].format(i % 10)) for *_, column, count, cells in DEFECTS
            for i in range(count)]
    places = R.sample(range(20, len(rows)), len(plan) + SHORT_ROWS)
    for place, (column, cell) in zip(places, plan):
        rows[place][column] = cell
        if column in (PHONE, MOBILE):
            rows[place][CITY] = "Пермь"
    # The first rows have no defect; some of them occur once more further down.
    for i in range(DUPLICATES):
        rows.append(list(rows[i * 3]))
    del rows[places[-1]][DATE:]
    lines = [";".join(COLUMNS)] + [";".join(map(quoted, row)) for row in rows]
    write("crm-template-cp1251.csv", "\n".join(lines) + "\n", "cp1251")


# ------------------------------------------------------------------ google.csv

GOOGLE = """First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last
 Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization
 Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2
 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1
 - Formatted,Website 1 - Label,Website 1 - Value""".replace("\n", "").split(",")


def google():
    lines = [",".join(GOOGLE)]
    for i in range(40):
        surname, name, father = person()
        row = dict.fromkeys(GOOGLE, "")
        row.update({"First Name": name, "Last Name": surname, "Labels": "* myContacts"})
        if i % 3:
            row["Middle Name"] = father
        if i % 2:
            row["Organization Name"] = R.choice(FIRMS) + " " + R.choice(KINDS)
            row["Organization Title"] = R.choice(JOBS)
        if i % 4 == 0:
            row["Birthday"] = "19%02d-%02d-%02d" % (60 + i, 1 + i % 12, 1 + i % 28)
        if i % 5 == 0:
            row["Notes"] = 'сказал: "позже",\nперезвонить'
            row["Labels"] = "* myContacts ::: Поставщики"
        row["E-mail 1 - Label"], row["E-mail 1 - Value"] = "* Work", address(surname, name)
        if i % 6 == 0:
            row["E-mail 1 - Value"] += " ::: " + latin(surname) + "@example.net"
        if i % 7 == 0:
            row["E-mail 2 - Label"] = "Home"
            row["E-mail 2 - Value"] = latin(name) + digits(3) + "@post.example"
        row["Phone 1 - Label"], row["Phone 1 - Value"] = "* Mobile", mobile()
        if i % 4 == 1:
            row["Phone 1 - Value"] += " ::: " + mobile()
        if i % 3 == 0:
            row["Phone 2 - Label"], row["Phone 2 - Value"] = "Work", landline("Пермь")
        cells = [row[column] for column in GOOGLE]
        lines.append(",".join(
            '"' + cell.replace('"', '""') + '"' if any(s in cell for s in ',"\n') else cell
            for cell in cells))
    write("google.csv", "\n".join(lines) + "\n")


# ------------------------------------------------------------------ contacts.jsonl

def json_lines():
    lines = []
    for i in range(40):
        surname, name, father = person()
        record = {"name": " ".join([surname, name, father]), "email": address(surname, name)}
        if i % 2:
            record["phone"] = landline("Пермь")
        elif i % 4 == 0:
            record["phone"] = int("8342212" + digits(4))
        else:
            record["phone"] = None
        if i % 3:
            record["mobile"] = mobile()
        if i % 4 == 3:
            record["company"] = 'ООО "%s"' % R.choice(FIRMS)
            record["position"] = R.choice(JOBS)
        if i % 5 == 0:
            record["birthday"] = "%02d.%02d.19%02d" % (1 + i % 28, 1 + i % 12, 60 + i)
        if i % 8 == 0:
            record["note"] = "первая строка\nвторая \\ строка"
        lines.append(json.dumps(record, ensure_ascii=i % 10 == 0))
    write("contacts.jsonl", "\n".join(lines) + "\n")


# ------------------------------------------------------------------ phone-book.vcf

def quoted_printable(text):
    """Letters as =XX; `;` stays, as it stands between the parts of a name."""
    return ["".join("=%02X" % byte for byte in letter.encode()) if letter != ";" else letter
            for letter in text]


def vcard():
    cards = []
    for i in range(4):  # as an iPhone or a Mac writes them
        surname, name, father = person()
        cards.append([
            "BEGIN:VCARD", "VERSION:3.0", "PRODID:-//Example Phone//RU",
            "N:%s;%s;%s;;" % (surname, name, father), "FN:%s %s" % (name, surname),
            "ORG:%s %s\\, филиал %d;" % (R.choice(FIRMS), R.choice(KINDS), i + 1),
            "TITLE:" + R.choice(JOBS[:-1]),
            "item1.EMAIL;type=INTERNET;type=pref:" + address(surname, name),
            "item1.X-ABLabel:_$!<Work>!$_", "TEL;type=CELL;type=VOICE;type=pref:" + mobile(),
            "TEL;type=WORK;type=VOICE:" + landline("Пермь"),
            "BDAY;value=date:198%d-0%d-1%d" % (i, i + 1, i),
            "NOTE:длинная заметка\\, которая не помещается в семьдесят пять байт и потому сло",
            " жена", "URL:http\\://www.example.com/%d" % i, "END:VCARD"])
    for i in range(4):  # as an Android phone writes them
        surname, name, _ = person()
        n = quoted_printable(surname + ";" + name + ";;;")
        card = ["BEGIN:VCARD", "VERSION:2.1",
                "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + "".join(n[:5]) + "=",
                "".join(n[5:]), "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
                + "".join(quoted_printable(name + " " + surname)), "TEL;CELL;PREF:" + mobile()]
        if i % 2:
            card += ["TEL;WORK;FAX:" + landline("Пермь"), "EMAIL;PREF:" + address(surname, name)]
        cards.append(card + ["CATEGORIES:My Contacts", "END:VCARD"])
    for i in range(4):  # RFC 6350
        surname, name, father = person()
        cards.append([
            "BEGIN:VCARD", "VERSION:4.0", "FN:%s %s %s" % (surname, name, father),
            "N:%s;%s;%s;;" % (surname, name, father),
            "TEL;VALUE=uri;PREF=1;TYPE=\"voice,cell\":tel:+7-922-%s-%s-%s"
            % (digits(3), digits(2), digits(2)),
            "TEL;TYPE=work:" + landline("Казань"), "EMAIL;TYPE=work:" + address(surname, name),
            "ORG:%s" % R.choice(FIRMS), "BDAY:19%d0%d1%d" % (70 + i, i + 1, i), "END:VCARD"])
    write("phone-book.vcf", "".join(line + "\r\n" for card in cards for line in card))


# ------------------------------------------------------------------ contacts.xml

def xcard():
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             '<vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0">']
    for i in range(8):
        surname, name, father = person()
        lines += [
            "  <vcard>", "    <fn><text>%s %s</text></fn>" % (name, surname),
            "    <n><surname>%s</surname><given>%s</given><additional>%s</additional>"
            "<prefix/><suffix/></n>" % (surname, name, father),
            "    <org><text>%s</text></org>" % escape("%s & партнёры" % R.choice(FIRMS)),
            "    <title><text>%s</text></title>" % R.choice(JOBS[:-1]),
            "    <email><parameters><type><text>work</text></type></parameters>"
            "<text>%s</text></email>" % address(surname, name),
            "    <tel><parameters><type><text>cell</text></type></parameters>"
            "<uri>tel:+7922%s</uri></tel>" % digits(7)]
        if i % 2:
            lines.append("    <tel><parameters><type><text>work</text></type></parameters>"
                         "<text>%s</text></tel>" % landline("Пермь"))
        if i % 3 == 0:
            lines.append("    <bday><date>198%d0%d1%d</date></bday>" % (i, i + 1, i))
        lines.append("  </vcard>")
    write("contacts.xml", "\n".join(lines + ["</vcards>"]) + "\n")


# ------------------------------------------------------------------ outlook.csv

OUTLOOK = """First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail
 Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,
Mobile Phone,Car Phone,Other Phone,Primary Phone,Pager,Business Fax,Home Fax,Other Fax,Company Main
 Phone,Callback,Radio Phone,Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,Office
 Location,Manager's Name,Assistant's Name,Assistant's Phone,Company Yomi,Business Street,Business
 City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Home State,
Home Postal Code,Home Country/Region,Other Street,Other City,Other State,Other Postal Code,Other
 Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,Anniversary,Notes
""".replace("\n", "").split(",")


def outlook():
    lines = [",".join(OUTLOOK)]
    for i in range(30):
        surname, name, father = person()
        row = dict.fromkeys(OUTLOOK, "")
        row.update({"First Name": name, "Last Name": surname, "Mobile Phone": mobile(),
                    "E-mail Address": address(surname, name)})
        if i % 3:
            row["Middle Name"] = father
        if i % 2:
            row["Company"] = R.choice(FIRMS) + " " + R.choice(KINDS)
            row["Job Title"] = R.choice(JOBS)
            row["Business Phone"] = landline("Пермь")
            row["Web Page"] = "www.example.com"
        if i % 4 == 1:
            row["Business Phone 2"] = landline("Пермь")
            row["Business City"] = "Пермь"
        if i % 6 == 3:
            row["Business Fax"] = landline("Пермь")
        if i % 5 == 0:
            row["Home Phone"] = landline("Казань")
            row["E-mail 2 Address"] = latin(name) + digits(3) + "@post.example"
        if i % 4 == 0:
            row["Birthday"] = "%d/%d/19%02d" % (1 + i % 12, 1 + i % 28, 60 + i)
        if i % 7 == 0:
            row["Notes"] = 'просил: "не раньше",\nчем в понедельник'
        lines.append(",".join(
            '"' + cell.replace('"', '""') + '"' if any(s in cell for s in ',"\n') else cell
            for cell in (row[column] for column in OUTLOOK)))
    write("outlook.csv", "\r\n".join(lines) + "\r\n", "utf-8-sig")


# ------------------------------------------------------------------ README.md

README = """# Samples

Files as people bring them, all made up. `scripts/make_samples.py` writes them; the tests count on
the numbers below. The mapping of the same kind stands in `../mappings`.

| file | mapping | records | what it is |
|---|---|---|---|
| `crm-template-cp1251.csv` | `crm-template.yaml` | %(rows)d | SalesMan's import template from a spreadsheet: windows-1251, `;`, LF |
| `google.csv` | `google.yaml` | 40 | Google Contacts, the layout of 2024: UTF-8, `,`, `* Mobile` labels, several values with ` ::: ` |
| `outlook.csv` | `outlook.yaml` | 30 | Outlook.com and the new Outlook: UTF-8 with a mark, `,`, CRLF, 61 columns, dates as month/day/year |
| `contacts.jsonl` | `jsonlines.yaml` | 40 | JSON lines with missing members, `null`, numbers and escapes |
| `phone-book.vcf` | `vcard.yaml` | 12 | vCard 3.0, 2.1 and 4.0, four each: groups, folding, quoted-printable |
| `contacts.xml` | `xcard.yaml` | 8 | xCard (RFC 6351) |

## Defects of crm-template-cp1251.csv

A record has at most one. Those that are not listed are clean.

| defect | records | in column | what it is | issue |
|---|---|---|---|---|
%(defects)s

With `crm-template.yaml` ferry rejects %(rejected)d records: those whose issue is an error (not a
placeholder, an area code added, look-alike letters replaced).
"""


#: Issues that do not keep a record from being sent.
HARMLESS = ["", "value.placeholder", "phone.area-code-added", "email.look-alikes-repaired"]


def readme():
    table = [(name, count, COLUMNS[column], text, issue and "`%s`" % issue)
             for name, issue, text, column, count, _ in DEFECTS]
    table.append(("short-row", SHORT_ROWS, "—", "the last two fields are missing",
                  "`csv.too-few-fields`"))
    table.append(("duplicate", DUPLICATES, "—", "a record that occurs a second time, to the byte",
                  ""))
    text = "\n".join("| %s | %d | %s | %s | %s |" % line for line in table)
    rejected = sum(count for _, issue, _, _, count, _ in DEFECTS if issue not in HARMLESS) + SHORT_ROWS
    write("README.md", README % {"rows": ROWS, "defects": text, "rejected": rejected})


def write(name, text, encoding="utf-8"):
    with open(os.path.join(OUT, name), "w", encoding=encoding, newline="") as file:
        file.write(text)


if __name__ == "__main__":
    os.makedirs(OUT, exist_ok=True)
    crm_template()
    google()
    json_lines()
    vcard()
    xcard()
    # Behind the others, so that they stay as they were: all draw from the same numbers.
    outlook()
    readme()
