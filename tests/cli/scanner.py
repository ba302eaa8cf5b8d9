"""scanner.py CODE1 CODE2 - type codes as scanners do, through a pseudo-terminal and
over a serial line, into sello-verify scan; a line "ok ..." or "not ok ..." each."""
import json, os, pty, select, signal, subprocess, sys, termios, threading, time, tty

ONE, TWO = sys.argv[1:3]
FRENCH = dict(zip("AQZWM234567", ["q", "a", "w", "z", ",", "é", '"', "'", "(", "-", "è"]))
LAYOUTS = {
    "US": lambda code: code,
    "small letters": str.lower,
    "French": lambda code: "".join(FRENCH.get(c, c.lower()) for c in code),
    "French, capitals": lambda code: "".join(FRENCH.get(c, c).upper() for c in code),
}
BEFORE = {
    "nothing": "", "AIM identifier": "]Q1", "STX": "\x02", "start character": "!",
    "code id": "Q", "Enter before": "\r", "Tab before": "\t", "all": "\x02]Q1",
}
AFTER = {"Enter": "\r", "LF": "\n", "CR LF": "\r\n", "Tab": "\t", "ETX": "\x03",
         "ETX CR": "\x03\r", "EOT CR": "\x04\r", "nothing": ""}


class Scan:
    """One sello-verify scan with its input on a terminal."""

    def __init__(self, *more, serial=False):
        self.master, slave = pty.openpty()
        command = ["sello-verify", "scan", "--home", "post", "--no-record", "--json", *more]
        if serial:
            command += ["--serial", os.ttyname(slave)]
            tty.setraw(slave)
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL if serial else slave,
            stdout=subprocess.PIPE, stderr=open("scanner.err", "wb"), start_new_session=True)
        self.left = b""
        self.slave = slave
        # raw before the first key, as a person waits for the question
        until = time.time() + 20
        while not serial and termios.tcgetattr(slave)[3] & termios.ICANON and time.time() < until:
            time.sleep(0.02)
        if serial:
            os.close(slave)
            time.sleep(1)

    def type(self, text):
        data = text.encode()
        while data:
            data = data[os.write(self.master, data[:512]):]
            self.echo()

    def echo(self):
        while select.select([self.master], [], [], 0)[0]:
            try:
                os.read(self.master, 65536)
            except OSError:
                return

    def results(self, count, seconds=15):
        """So many, and none more for a moment."""
        got = []
        until = time.time() + seconds
        while time.time() < until:
            self.echo()
            if select.select([self.process.stdout], [], [], 0.05)[0]:
                data = os.read(self.process.stdout.fileno(), 65536)
                if not data:
                    break
                self.left += data
            while b"\n" in self.left:
                line, self.left = self.left.split(b"\n", 1)
                got.append(json.loads(line))
            if len(got) >= count and until - time.time() > 0.5:
                until = time.time() + 0.45
        return got

    def end(self, text=None, sign=None):
        if text is not None:
            time.sleep(0.2)
            self.type(text)
        if sign is not None:
            self.process.send_signal(sign)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return "hung"


def say(good, what, why=""):
    print(("ok " if good else "not ok ") + what + ("" if good else f" ({why})"), flush=True)


def verdicts(results):
    return [r["verdict"] for r in results]


def judged(scan, what, text, want):
    scan.type(text)
    got = verdicts(scan.results(len(want)))
    say(got == want, what, f"{got}")


VALID = ["valid"]
scan = Scan()
for layout, typed in LAYOUTS.items():
    for before, mark in BEFORE.items():
        judged(scan, f"{layout}, {before}, then Enter", mark + typed(ONE) + "\r", VALID)
    for after, mark in AFTER.items():
        judged(scan, f"{layout}, {after} behind", typed(ONE) + mark, VALID)
hint = open("scanner.err").read().count("nothing behind")
say(hint == 1, "that no end is sent is said once", hint)
judged(scan, "two codes in one line", ONE + TWO + "\r", VALID * 2)
judged(scan, "a web address", "https://example.org/\r", ["unchecked"])
judged(scan, "half a code", ONE[:len(ONE) // 2] + "\r", ["unchecked"])
folded = "\r".join(ONE[i:i + 76] for i in range(0, len(ONE), 76))
judged(scan, "a code in lines", folded + "\r", VALID)
quoted = "\r".join("> " + ONE[i:i + 76] for i in range(0, len(ONE), 76))
judged(scan, "a mail that quotes it", "Dear consul,\r" + quoted + "\rYours\r", VALID)
judged(scan, "in a sentence", "My code: " + ONE + ", thank you.\r", VALID)
say(scan.end("\x04") == 0, "Ctrl-D ends with 0")
scan = Scan()
say(scan.end("\x03") == 130, "Ctrl-C ends with 130")
scan = Scan()
before = termios.tcgetattr(scan.slave)[3] & termios.ICANON
status = scan.end(sign=signal.SIGTERM)
after = termios.tcgetattr(scan.slave)[3] & termios.ICANON
say(status == -signal.SIGTERM and not before and after != 0, "SIGTERM puts the terminal back", status)


def held(scan):
    """SIGTERM while a key is held down."""
    stop = threading.Event()

    def press():
        try:
            while not stop.wait(0.02):
                os.write(scan.master, b"a")
                scan.echo()
        except OSError:  # it has ended
            pass
    keys = threading.Thread(target=press)
    keys.start()
    time.sleep(0.3)
    status = scan.end(sign=signal.SIGTERM)
    stop.set()
    keys.join()
    return status


status = held(Scan())
say(status == -signal.SIGTERM, "a key that is held down keeps no program from its end", status)
status = held(Scan(serial=True))
say(status == 0, "... nor does a line that has none", status)

scan = Scan(serial=True)
judged(scan, "over a serial line", ONE + "\r", VALID)
judged(scan, "... with marks", "\x02]Q1" + TWO + "\x03", VALID)
judged(scan, "... without an end", ONE, VALID)
judged(scan, "... half a code, without an end", ONE[:100], ["unchecked"])
judged(scan, "... another code, without an end", "https://example.org/x", ["unchecked"])
judged(scan, "... and a good one", TWO, VALID)
say(scan.end(sign=signal.SIGTERM) == 0, "... SIGTERM ends with 0")
scan = Scan(serial=True)
os.close(scan.master)
scan.echo = lambda: None
say(scan.end() == 74, "... unplugged: 74", scan.process.returncode)
say("the scanner is gone" in open("scanner.err").read(), "... is told")
