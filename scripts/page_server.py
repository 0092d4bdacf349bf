#!/usr/bin/env python3
"""Lists made-up contacts as the CRM does, and does nothing else: page_server.py COUNT

Prints its address and serves until it is ended. All pages are one template of 200 contacts, into
which numbers are put, so that none has to be kept.
"""
import json
import re
import socket
import sys
import threading

from bench_import import NAMES, SURNAMES, TITLES

PAGE = 200
FIRST_PID = 1001
FIELDS = ["pid", "date_create", "date_edit", "clid", "ptitle", "person", "tel", "fax", "mob", "mail", "rol", "iduser",
          "loyalty", "input1", "input2", "input3", "input7", "clientpath", "input10"]
SOCIALS = ["blog", "mysite", "twitter", "icq", "skype", "google", "yandex", "mykrug"]
PATRONYMICS = ["Иванович", "Сергеевна", "Петрович", "Андреевна", "Олегович"]
OFFSET = re.compile(rb"offset\W+(\d+)")
# A request for numbers alone, as a form and as JSON.
NUMBERS = re.compile(rb"[?&]fields=pid(?:&|$)|\"fields\": ?\"pid\"")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def next_message(connection):
    """The next request or reply with its body; nothing where the peer has hung up. Nobody sends two at once."""
    message = b""
    while True:
        more = connection.recv(1 << 18)
        if not more:
            return b""
        message += more
        end = message.find(b"\r\n\r\n")
        if end < 0:
            continue
        if message.find(b"chunked\r\n", 0, end + 2) > 0:
            if message.endswith(b"\r\n0\r\n\r\n"):
                return message
            continue
        length = LENGTH.search(message, 0, end + 2)
        if len(message) - end - 4 >= int(length[1] if length else 0):
            return message


def to_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("/", "\\/").encode()


def template(number):
    """A contact with some fifteen fields filled in, and four places to put its pid into."""
    text = to_json({
        "pid": "%d",
        "date_create": f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d} {number % 24:02d}:{number % 60:02d}:07",
        "date_edit": f"2026-12-{number % 28 + 1:02d} 10:{number % 60:02d}:00" if number % 4 == 0 else None,
        "clid": number % 50 + 1,
        "client": f"ООО «Завод Примерный {number % 50 + 1}»",
        "ptitle": TITLES[number % 4],
        "person": f"{SURNAMES[number % 8]} {NAMES[number // 8 % 8]} {PATRONYMICS[number % 5]}",
        "tel": "+7(342)%07d",
        "fax": None,
        "mob": f"+7(91{number % 10})%07d",
        "mail": "person%d@example.com",
        "rol": None,
        "user": "chief@ferry.example",
        "iduser": 1,
        "loyalty": f"{number % 5 + 1} - Лояльность",
        "input1": f"{1950 + number % 50}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "input2": f"просил перезвонить после {number % 28 + 1} числа, цены по договору" if number % 2 else None,
        "input3": None,
        "input7": str(100 + number) if number % 3 == 0 else None,
        "clientpath": "Выставка" if number % 2 else "Рекомендация",
        "input10": None,
        "socials": {name: "" if name == "blog" else None for name in SOCIALS},
    })
    # The pid is a number in JSON, too.
    return text.replace(b'"%d"', b"%d", 1)


class Pages:
    def __init__(self, count):
        self.count = count
        self.templates = [template(number) for number in range(PAGE)]
        fields = {name: f"Поле {name}" for name in FIELDS}
        self.fields = to_json({"data": dict(fields, social={name: name for name in SOCIALS})})

    def page(self, number):
        """The contacts of a page; the observed server has no member `data` where there are none."""
        begin = number * PAGE
        size = max(0, min(PAGE, self.count - begin))
        if size == 0:
            return b'{"count":%d}' % self.count
        numbers = tuple(pid for pid in range(FIRST_PID + begin, FIRST_PID + begin + size) for _ in range(4))
        return b'{"data":[%s],"count":%d}' % (b",".join(self.templates[:size]) % numbers, self.count)

    def numbers(self, number):
        """The contacts of a page, of which only the numbers are wanted."""
        begin = FIRST_PID + number * PAGE
        pids = range(begin, min(begin + PAGE, FIRST_PID + self.count))
        if not pids:
            return b'{"count":%d}' % self.count
        return b'{"data":[%s],"count":%d}' % (b",".join(b'{"pid":%d}' % pid for pid in pids), self.count)

    def answer(self, request):
        asked = OFFSET.search(request)
        if asked and NUMBERS.search(request):
            return self.numbers(int(asked[1]))
        if asked:
            return self.page(int(asked[1]))
        if b"addlist" in request:
            # Without rows it only asks whether the method is spelled like this.
            return to_json({"error": {"code": 402, "text": "Неизвестный метод"}})
        return self.fields

    def serve(self, connection):
        """Answers until the client hangs up; long replies come chunked, as Apache has them."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while request := next_message(connection):
            body = self.answer(request)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n"
            if len(body) < 8192:
                connection.sendall(b"%sContent-Length: %d\r\n\r\n%s" % (head, len(body), body))
            else:
                connection.sendall(
                    b"%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (head, len(body), body)
                )
        connection.close()


def main():
    pages = Pages(int(sys.argv[1]))
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=pages.serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
