"""A mail server on loopback that takes every message: no more of SMTP than a sender needs."""

import email
import socketserver
import threading
from email.message import Message
from types import TracebackType

REPLIES = {"DATA": "354 go on", "QUIT": "221 bye"}


class Mailbox(socketserver.ThreadingTCPServer):
    """`with Mailbox() as box`: `port` to send to, `letters` that came."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[Message] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def texts(self) -> list[str]:
        """What each letter says."""
        parts = (next(p for p in one.walk() if p.get_content_type() == "text/plain") for one in self.letters)
        return [part.get_payload(decode=True).decode() for part in parts]

    def __enter__(self) -> "Mailbox":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 box")
        for line in self.rfile:
            word = line.decode("ascii", "replace").strip().upper().partition(" ")[0]
            self._say(REPLIES.get(word, "250 ok"))
            if word == "DATA":
                self._take()
            if word == "QUIT":
                return

    def _take(self) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        assert isinstance(self.server, Mailbox)
        self.server.letters.append(email.message_from_bytes(b"".join(lines)))
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
