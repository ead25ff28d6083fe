#!/usr/bin/env python3
"""Makes a fixture: runs a gateway on a new database, has people talk there, stops it, and packs the file.

    make.py FILE.db.gz COMMAND...      the command starts the gateway, with what settings it needs beside its path and port

What the program does not know yet is left out. Prints what it tells of the conversations at the end.
"""
import contextlib, gzip, json, pathlib, socket, struct, subprocess, sys, tempfile


class Person:
    """A connection, in framed JSON."""

    def __init__(self, port, name):
        self.name, self.socket = name, socket.create_connection(("127.0.0.1", port))
        self.stream = self.socket.makefile("rwb")

    def try_ask(self, operation, **data):
        """The answer; None if the program does not know the operation."""
        body = json.dumps({"msg_type": operation, "data": data}).encode()
        self.stream.write(struct.pack(">I", len(body)) + body)
        self.stream.flush()
        answer = json.loads(self.stream.read(struct.unpack(">I", self.stream.read(4))[0]))["data"]
        if answer["status"] == "ok":
            return answer
        if answer["code"] == "unknown_operation":
            return None
        sys.exit(f"{self.name}: {operation} {data}: {answer}")

    def ask(self, operation, **data):
        return self.try_ask(operation, **data) or sys.exit(f"{self.name}: {operation} is unknown")

    def sign_up(self):
        self.ask("signup", username=self.name, password="secret of " + self.name)
        return self

    def log_in(self, **more):
        return self.ask("login", username=self.name, password="secret of " + self.name, **more)

    def send(self, recipient, content, **more):
        return self.ask("send_message", sender=self.name, recipient=recipient, content=content, **more)

    def receive(self):
        self.ask("send_messages_to_client")

    def read(self, other, through):
        self.try_ask("mark_read", **{"with": other}, through=through)


@contextlib.contextmanager
def server(command, path, iterations):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"storage.path": path, "gateway.port": port, "accounts.password-iterations": iterations}
    process = subprocess.Popen(
        command + [f"--set=jochat.{key}={value}" for key, value in settings.items()],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    log = []
    for line in process.stdout:
        log.append(line)
        if str(port) in line:
            break
    else:
        sys.exit("".join(log))
    try:
        yield lambda name: Person(port, name)
    finally:
        process.terminate()
        log += process.communicate(timeout=60)[0]
    if process.returncode != 0:
        sys.exit("".join(log))


def talk(connect):
    ada, bob, cyd, dee, eve, zoe = people = [connect(name) for name in ("ada", "Bob", "cyd", "dee", "eve", "Zoë")]
    for person in people:
        person.sign_up()

    ada.try_ask("hello", client="fixture")
    token = ada.log_in(resume=True).get("resume_token", "none")
    ada.send("Bob", "one", client_id="m-1")                                             # 1
    ada.send("Bob", "two")                                                              # 2
    ada.send("Bob", "three\0 é e\u0301 ☕ 😀")                                          # 3
    ada.send("ada", token)                                                              # 4

    bob.log_in()
    bob.ask("fetch_away_msgs", limit=2)
    bob.read("ada", 2)
    ada.send("Bob", "live, received past what waits")                                   # 5
    bob.receive()
    bob.send("ada", "reply")                                                            # 6
    bob.ask("logout")
    ada.receive()
    ada.read("ada", 4)
    ada.read("Bob", 6)
    ada.send("Bob", "x" * 65535)                                                        # 7

    cyd.log_in()
    cyd.send("ada", "deleted by ada", client_id="m-1")                                  # 8
    cyd.send("Bob", "hello from cyd")                                                   # 9
    ada.receive()
    ada.ask("delete_messages", message_ids_to_delete=[8])

    dee.log_in()
    dee.send("ada", "from dee")                                                         # 10
    ada.send("dee", "to dee")                                                           # 11
    dee.ask("delete_account")

    eve.log_in()
    eve.send("ada", "before the block")                                                 # 12
    ada.receive()
    ada.read("eve", 12)
    ada.try_ask("block", username="eve")
    ada.ask("logout") if token == "none" else ada.socket.close()                        # log-out revokes the token
    eve.send("ada", "withheld, if there are blocks")                                    # 13

    zoe.log_in()
    zoe.try_ask("change_password", old_password="secret of Zoë", new_password="new secret of Zoë")

    cyd.send("cyd", "the last id, deleted")                                             # 14
    cyd.receive()
    cyd.ask("delete_messages", message_ids_to_delete=[14])


def tell(connect):
    for name in ("Bob", "cyd", "eve"):  # for ada, who is away, this would be a login too many
        person = connect(name)
        print(name, "undelivered", person.log_in()["unread_count"])
        for with_other in (person.try_ask("conversations") or {"conversations": []})["conversations"]:
            other = with_other["with"]
            print(name, "with", other, "unread", with_other["unread_count"])
            for message in person.ask("history", **{"with": other})["messages"]:
                print("   ", message["id"], message["sender"], message["content"][:30], message["state"])


def main(target, *command):
    with tempfile.TemporaryDirectory() as folder:
        database = pathlib.Path(folder) / "chat.db"
        with server(list(command), database, iterations=1000) as connect:
            connect("fay").sign_up()
        with server(list(command), database, iterations=210000) as connect:
            talk(connect)
        left = [file.name for file in pathlib.Path(folder).iterdir() if file.name.endswith("-wal")]
        if left:
            sys.exit(f"not all is in the database: {left}")
        with open(target, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(database.read_bytes())
        with server(list(command), database, iterations=210000) as connect:
            tell(connect)


main(*sys.argv[1:])
