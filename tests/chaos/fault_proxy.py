"""A TCP proxy on loopback that breaks what passes through it, and counts the requests."""

import re
import socket
import threading
import time

import replica

# What the gateway asks of itself: who is there, and what has changed.
OWN = re.compile(rb"/internal/v1/(movies\?per_page=1&fields=id&count=none |changes\?)")
REQUEST = re.compile(rb"^[A-Z]+ (\S+ )HTTP/1\.1\r$", re.MULTILINE)


class FaultProxy:
    """mode: "sound", "frozen" (takes everything, gives nothing), "slow" (a byte a second), "late" (each answer two
    seconds after it came), "garbage" (nothing that was asked for), "dead" (connections are closed at once)."""

    def __init__(self, upstream: int | str):
        """`upstream`: a port on loopback, or the path of a unix socket."""
        self.upstream = upstream
        self.port = replica.lasting_port()
        self.mode = "sound"
        self.asked = 0  # for clients
        self.lock = threading.Lock()  # guards asked and connections
        self.connections = set()
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=1024)
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def become(self, mode: str):
        """Connections that there are take part in it; those that hang in the old mode are cut when it is over."""
        self.mode = mode
        if mode == "sound":
            self.cut()

    def cut(self):
        with self.lock:
            connections, self.connections = self.connections, set()
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes who waits in accept()
        self.listener.close()
        self.cut()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            if self.mode == "dead":
                client.close()
                continue
            with self.lock:
                self.connections.add(client)
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def connect(self) -> socket.socket:
        if isinstance(self.upstream, int):
            return socket.create_connection(("127.0.0.1", self.upstream), timeout=5)
        upstream = socket.socket(socket.AF_UNIX)
        upstream.settimeout(5)
        upstream.connect(self.upstream)
        return upstream

    def serve(self, client: socket.socket):
        try:
            upstream = self.connect()
        except OSError:
            client.close()
            return
        upstream.settimeout(None)
        with self.lock:
            self.connections.add(upstream)
        threading.Thread(target=self.pump, args=(upstream, client, self.answer), daemon=True).start()
        self.pump(client, upstream, self.ask)

    def pump(self, source: socket.socket, sink: socket.socket, carry):
        try:
            while chunk := source.recv(65536):
                carry(sink, chunk)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        with self.lock:
            self.connections.discard(source)
        source.close()

    def ask(self, upstream: socket.socket, chunk: bytes):
        with self.lock:
            self.asked += sum(OWN.match(target) is None for target in REQUEST.findall(chunk))
        if self.mode == "dead":
            raise OSError("dead")
        upstream.sendall(chunk)

    def answer(self, client: socket.socket, chunk: bytes):
        if self.mode == "frozen":
            self.wait_for_another("frozen")
        elif self.mode == "slow":
            for at in range(len(chunk)):
                client.sendall(chunk[at:at + 1])
                time.sleep(1)
        elif self.mode == "late":
            time.sleep(2)
            client.sendall(chunk)
        elif self.mode == "garbage":
            client.sendall(b"SSH-2.0-OpenSSH_9.2\r\n\r\n" + chunk[::-1])
            raise OSError("garbage")
        elif self.mode == "dead":
            raise OSError("dead")
        else:
            client.sendall(chunk)

    def wait_for_another(self, mode: str):
        while self.mode == mode:
            time.sleep(0.02)
        raise OSError("it was frozen")
