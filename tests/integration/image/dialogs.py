#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plays the dialogs of tests/integration/dialogs against a server that runs already, on the ports of conf/.

    dialogs.py LOG DIALOG...      LOG: what the server prints

The steps are described in Dialog.java, which plays the same files against a James of its own. Here the server is the image: its configuration has
the overlay src/test/resources/keep, no ValidRcptHandler, and the users clinician@, praxis@ and urlaub@klinik.example with the password "secret".
Prints one line for each dialog; exit code 1 if one went otherwise.
"""

import json
import re
import socket
import ssl
import struct
import sys
import time
import urllib.parse
import urllib.request
import warnings

HOST = "127.0.0.1"
PORTS = {"smtp": 2525, "submission": 2587, "smtps": 2465}
WEBADMIN = f"http://{HOST}:8000"
REPOSITORY = "/mailRepositories/var%2Fmail%2Fkept%2F/mails"
PATIENCE = 60
KEPT = {}


def webadmin(path, accept="application/json", method="GET", body=None):
    request = urllib.request.Request(WEBADMIN + path, method=method, data=body)
    request.add_header("Accept", accept)
    if body is not None:
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return answer.read().decode("utf-8", "replace")


def mails_for(recipient):
    mails = []
    for key in json.loads(webadmin(REPOSITORY + "?limit=1000")):
        # A mail that is kept does not change any more.
        if key not in KEPT:
            one = f"{REPOSITORY}/{urllib.parse.quote(key)}"
            KEPT[key] = webadmin(one + "?additionalFields=attributes"), webadmin(one, "message/rfc822")
        attributes, message = KEPT[key]
        if f'"{recipient}"' in attributes:
            mails.append(attributes + "\n" + message)
    return mails


def wait_for(what, look):
    """The first true answer of look()."""
    end = time.monotonic() + PATIENCE
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.1)


def unescape(text):
    codes = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}
    return b"".join(
        bytes([int(part[2:], 16)]) if part.startswith("\\x") else codes[part[1]] if part.startswith("\\") else part.encode()
        for part in re.findall(r"\\x[0-9A-Fa-f]{2}|\\[rnt\\]|[^\\]+", text)
    )


def glob(pattern):
    return re.compile("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern), re.DOTALL)


class Player:
    """One client that does what a dialog says, right or wrong. It trusts every certificate."""

    def __init__(self, log):
        self.log = log
        self.socket = None
        self.buffer = b""
        self.reply = []

    def play(self, path):
        with open(path, encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                line = line.strip()
                if line and not line.startswith("#"):
                    verb, _, argument = line.partition(" ")
                    try:
                        self.perform(verb, argument)
                    except Exception as error:
                        raise AssertionError(f"line {number}: {line}: {type(error).__name__} {error}") from error

    def perform(self, verb, argument):
        steps = {
            "connect": self.connect,
            ">": self.line,
            ">>": lambda text: self.socket.sendall(unescape(text)),
            "repeat": self.repeat,
            "long": self.long_line,
            "<": self.expect,
            "has": lambda text: self.check(any(text in line for line in self.reply), self.reply),
            "lacks": lambda text: self.check(not any(text in line for line in self.reply), self.reply),
            "tls": self.start_tls,
            "closed": lambda _: self.check(self.is_closed(), "still open"),
            "vanish": lambda _: self.vanish(),
            "stored": self.stored,
            "not-stored": lambda address: self.check(not mails_for(address), "there is a mail"),
            "logged": self.logged,
        }
        steps[verb](argument)

    @staticmethod
    def check(holds, seen):
        if not holds:
            raise AssertionError(f"seen: {seen}")

    def connect(self, port):
        self.close()
        self.socket = socket.create_connection((HOST, PORTS[port]), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def line(self, text):
        self.socket.sendall(text.encode() + b"\r\n")

    def repeat(self, argument):
        times, _, text = argument.split(" ", 2)
        for number in range(int(times)):
            self.line(text.replace("{n}", str(number)))
            self.read_reply()

    def long_line(self, argument):
        length, _, text = argument.partition(" ")
        self.line(text + "x" * int(length))

    def expect(self, pattern):
        self.read_reply()
        self.check(glob(pattern).fullmatch(self.reply[-1]), self.reply)

    def read_reply(self):
        self.reply = []
        while not self.reply or self.reply[-1][3:4] == "-":
            while b"\n" not in self.buffer:
                more = self.socket.recv(65536)
                if not more:
                    raise AssertionError(f"the server closed the connection after {self.buffer!r}")
                self.buffer += more
            line, _, self.buffer = self.buffer.partition(b"\n")
            self.reply.append(line.rstrip(b"\r").decode("latin-1"))

    def start_tls(self, version):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = ssl.TLSVersion[version.replace(".", "_")]
        self.socket = context.wrap_socket(self.socket)
        self.check(self.socket.version() == version, self.socket.version())

    def is_closed(self):
        try:
            return not self.socket.recv(1)
        except TimeoutError:
            return False
        except OSError:
            return True

    def vanish(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def stored(self, argument):
        address, _, pattern = argument.partition(" ")
        mail = wait_for(f"a mail for {address}", lambda: mails_for(address))[-1]
        # The one escape of Java in our dialogs that Python spells otherwise.
        self.check(re.search(pattern.replace("\\z", "\\Z"), mail), mail)

    def logged(self, pattern):
        def look():
            with open(self.log, encoding="utf-8", errors="replace") as text:
                return re.search(pattern, text.read())

        wait_for(f"the line {pattern} of the log", look)

    def close(self):
        if self.socket:
            self.socket.close()
            self.socket = None


def main(log, dialogs):
    webadmin("/address/aliases/praxis@klinik.example/sources/info@klinik.example", method="PUT", body=b"")
    webadmin("/address/forwards/urlaub@klinik.example/targets/praxis@klinik.example", method="PUT", body=b"")
    failed = 0
    for path in dialogs:
        name = path.rsplit("/", 1)[-1]
        player = Player(log)
        try:
            player.play(path)
            print(f"  ok     {name}")
        except Exception as error:
            failed += 1
            print(f"  FAILED {name}: {error}")
        finally:
            player.close()
    print(f"  {len(dialogs) - failed} of {len(dialogs)} dialogs went as written")
    return 1 if failed or not dialogs else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
