# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session to look at: Xvfb, a window manager, a panel with a tray, a notification server,
and what a test wants to know of them. Every one of them is optional, because users lack them too.
"""

import json
import os
import re
import select
import shutil
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from harness import DEADLINE_S, ROOT, Desk, Failure, Peer  # noqa: E402

PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="%(dark)s"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="28"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="3"/>
        <value type="int" value="2"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="systray"/>
    <property name="plugin-3" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
  </property>
</channel>
"""


ONLINE = {
    "EndpointState": "online",
    "EndpointUri": "sip:alice@fabrikam.test",
    "EndpointServer": "fe1.fabrikam.test:5061",
    "Availability": "available",
}
READY_PHONE = {
    "State": "ready", "Host": "192.0.2.10", "Model": "snomD785",
    "Can": ["hold", "swap", "transfer", "mute", "mute-toggles", "dnd", "forward"],
}
PEOPLE = [
    ["sip:bob@fabrikam.test", "Bob Baker", "available/", "", ["Pinned Contacts"],
     [["work", "+493012345678", "+49 30 12345678"], ["mobile", "+491711234567", "+49 171 1234567"]]],
    ["sip:carol@fabrikam.test", "Carol Chen", "busy/on-the-phone", "", [],
     [["work", "+493012345679", "+49 30 12345679"]]],
    ["sip:dave@fabrikam.test", "Dave_Dörfler", "away/", "", [], [["work", "+493012345680", "+49 30 12345680"]]],
    ["sip:eve@fabrikam.test", "Eve Ekberg", "dnd/in-presentation", "", [],
     [["work", "+493012345681", "+49 30 12345681"]]],
    ["sip:frank@fabrikam.test", "Frank Fischer", "offline/", "", [], []],
]


class Session(Desk):
    """A Desk with a screen. Uses a fake agent unless the test starts the real peers."""

    def __init__(self, build=None, folder=None, size="1024x600x24"):
        super().__init__(**({"build": build} if build else {}), folder=folder)
        self.size = size
        self.programs = []
        self.agent = None
        if "ASAN_OPTIONS" in self.env:  # GTK has no frame pointers: what leaked needs a whole stack
            self.env["ASAN_OPTIONS"] += ":fast_unwind_on_malloc=0"
        self.env["GTK_THEME"] = "Adwaita"
        self.env["GTK_A11Y"] = "none"
        self.env["NO_AT_BRIDGE"] = "1"
        self.env["GDK_BACKEND"] = "x11"
        self.env.pop("WAYLAND_DISPLAY", None)
        self.env["XDG_CURRENT_DESKTOP"] = "XFCE"
        # a cold start: what draws the icons finds them where the package puts them
        self.env["XDG_DATA_DIRS"] = self.path("share") + ":/usr/local/share:/usr/share"
        self.env["XDG_CONFIG_DIRS"] = self.path("xdg") + ":/etc/xdg"
        self.install()

    def install(self):
        """What the package installs under share/, pointing into the build folder."""
        status = self.path("share/icons/hicolor/scalable/status")
        apps = self.path("share/icons/hicolor/scalable/apps")
        applications = self.path("share/applications")
        for folder in (status, apps, applications, self.path("xdg")):
            os.makedirs(folder, exist_ok=True)
        icons = os.path.join(ROOT, "tray", "icons")
        for name in os.listdir(icons):
            shutil.copy(os.path.join(icons, name), apps if name.startswith("org.") else status)
        shutil.copy("/usr/share/icons/hicolor/index.theme", self.path("share/icons/hicolor/index.theme"))
        with open(os.path.join(ROOT, "packaging/data/org.offhook.Tray.desktop.in"), encoding="utf-8") as stream:
            text = stream.read().replace("@bindir@", os.path.join(self.build, "tray"))
        with open(os.path.join(applications, "org.offhook.Tray.desktop"), "w", encoding="utf-8") as out:
            out.write(text)
        subprocess.run(["update-desktop-database", applications], check=True)

    def start(self, name, command, **more):
        """A program without a protocol; its output goes to a log of its own."""
        log = open(self.path(name + ".log"), "ab")
        program = subprocess.Popen(
            command, env=dict(self.env, **more), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        log.close()
        program.name = name
        self.programs.append(program)
        return program

    def log_of(self, name, lines=30):
        with open(self.path(name + ".log"), encoding="utf-8", errors="replace") as log:
            said = log.readlines()
        return "".join(said if lines is None else said[-lines:])

    def start_bus(self, real_agent=False):
        """Of the services of this machine only what the panel cannot do without, so that a test says
        itself who answers; the real agent only where it asks for it."""
        os.makedirs(self.path("services"), exist_ok=True)
        shutil.copy("/usr/share/dbus-1/services/org.xfce.Xfconf.service", self.path("services"))
        super().start_bus()
        if not real_agent:
            os.remove(self.path("services", "org.offhook.Agent.service"))
            self.bus_call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.ReloadConfig")

    def start_screen(self):
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", self.size, "-nolisten", "tcp", "-noreset"],
            pass_fds=(write,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=open(self.path("Xvfb.log"), "ab"),
        )
        os.close(write)
        server.name = "Xvfb"
        self.programs.append(server)
        number = ""
        while not number.endswith("\n"):  # it comes in pieces
            ready, _, _ = select.select([read], [], [], DEADLINE_S)
            piece = os.read(read, 16).decode() if ready else ""
            if not piece:
                raise Failure("Xvfb did not start:\n" + self.log_of("Xvfb"))
            number += piece
        os.close(read)
        self.env["DISPLAY"] = ":" + number.strip()

    def start_window_manager(self):
        self.start("openbox", ["openbox"])
        self.wait_for("a window manager", lambda: "window id" in self.x("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))

    def start_panel(self, dark=False):
        folder = self.path("home/.config/xfce4/xfconf/xfce-perchannel-xml")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "xfce4-panel.xml"), "w", encoding="utf-8") as out:
            out.write(PANEL % {"dark": "true" if dark else "false"})
        panel = self.start("xfce4-panel", ["xfce4-panel", "--disable-wm-check"])
        self.wait_for("a tray", lambda: self.has_owner("org.kde.StatusNotifierWatcher"))
        return panel

    def start_fake_agent(self, *commands):
        """In place of the real one: on the bus before anybody asks for it."""
        command = ["/usr/bin/python3", os.path.join(ROOT, "tests", "support", "fake_agent.py")]
        start = "\n".join(json.dumps(c) for c in commands)
        self.agent = Peer("fake agent", command, dict(self.env, FAKE_AGENT_START=start))
        self.peers.append(self.agent)
        self.agent.wait("ready")
        return self.agent

    def tell_agent(self, **command):
        self.agent.send(json.dumps(command))
        self.agent.wait("done")

    def start_real_desk(self, *front_end_options):
        """Alice's desk in the morning: a ticket, a phone with its password stored, the agent, the
        panel with the tray's icon. Returns the phone."""
        front_end = self.start_front_end(*front_end_options)
        phone = self.start_phone("d785", "--user=admin", "--password=telefon")
        self.start_bus(real_agent=True)
        self.start_screen()
        self.start_window_manager()
        self.start_panel()
        self.kinit("alice")
        self.set_account(front_end, "alice", login="")
        self.set("user", "'admin'", phone="desk")  # the id that the name gets
        self.set("country-code", "'49'")
        self.set("area-code", "'30'")
        identity = self.expect(0, "phone", "add", "desk.localhost:%d" % phone.https).stdout.strip()
        self.expect(0, "password", "phone", identity, stdin="telefon\n")
        self.wait_status("ready", lambda s: s["phones"] and s["phones"][0]["state"] == "ready")
        self.handle_links()
        self.tray("--background")
        self.wait_for("the icon", self.items)
        return phone

    def handle_links(self):
        """Makes the tray the user's handler of links."""
        for scheme in ("tel", "callto", "sip", "sips"):
            subprocess.run(
                ["xdg-mime", "default", "org.offhook.Tray.desktop", "x-scheme-handler/" + scheme],
                env=self.env, check=True,
            )

    def start_notification_server(self, *capabilities):
        command = ["/usr/bin/python3", os.path.join(ROOT, "tests", "support", "notification_server.py")]
        server = Peer("notification server", [*command, *capabilities], self.env)
        self.peers.append(server)
        server.wait("ready")
        return server

    def tray(self, *arguments, wait=True):
        """Starts offhook-tray; the first one stays, later ones end at once."""
        program = self.start("tray", [os.path.join(self.build, "tray", "offhook-tray"), *arguments],
                             G_MESSAGES_DEBUG="oh-tray")
        if wait:
            self.wait_for("the tray", lambda: self.has_owner("org.offhook.Tray"))
        return program

    # --- the bus ---

    def bus_call(self, name, path, method, *arguments):
        done = subprocess.run(
            ["gdbus", "call", "--session", "--dest", name, "--object-path", path, "--method", method, "--", *arguments],
            env=self.env, capture_output=True, text=True, timeout=DEADLINE_S,
        )
        if done.returncode != 0:
            raise Failure("%s: %s" % (method, done.stderr.strip()))
        return done.stdout.strip()

    def has_owner(self, name):
        answer = self.bus_call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", name)
        return "true" in answer

    def items(self):
        """(bus name, path) of each tray icon that the watcher knows."""
        answer = self.bus_call(
            "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties.Get",
            "org.kde.StatusNotifierWatcher", "RegisteredStatusNotifierItems",
        )
        return re.findall(r"'([^'/]+)(/[^']*)'", answer)

    def item_property(self, name):
        bus, path = self.items()[0]
        answer = self.bus_call(bus, path, "org.freedesktop.DBus.Properties.Get", "org.kde.StatusNotifierItem", name)
        return answer

    def icon_name(self):
        return re.search(r"'([^']*)'", self.item_property("IconName")).group(1)

    def layout(self):
        """The tray's menu: [{id, label, enabled, icon, children}] as the panel gets it."""
        bus, _ = self.items()[0]
        answer = self.bus_call(bus, "/org/offhook/Tray/Menu", "com.canonical.dbusmenu.GetLayout", "0", "-1", "[]")
        from gi.repository import GLib

        _, root = GLib.Variant.parse(None, answer, None, None).unpack()
        return simplify(root)["children"]

    def menu_labels(self):
        return [e["label"] for e in self.layout()]

    def find_entry(self, label, entries=None):
        for entry in self.layout() if entries is None else entries:
            if entry["label"] == label:
                return entry
            found = self.find_entry(label, entry["children"])
            if found:
                return found
        return None

    def click(self, label):
        entry = self.find_entry(label)
        if entry is None:
            raise Failure("no entry %r in %s" % (label, self.menu_labels()))
        self.click_id(entry["id"])

    def click_id(self, number):
        bus, _ = self.items()[0]
        self.bus_call(bus, "/org/offhook/Tray/Menu", "com.canonical.dbusmenu.Event", str(number), "clicked", "<''>", "0")

    # --- the screen ---

    def x(self, *command):
        return subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=DEADLINE_S).stdout

    def windows(self, title):
        """Ids of the mapped windows with that title (a regular expression)."""
        return self.x("xdotool", "search", "--onlyvisible", "--name", title).split()

    def wait_window(self, title):
        self.wait_for("a window “%s”" % title, lambda: self.windows(title))
        return self.windows(title)[0]

    def wait_no_window(self, title):
        self.wait_for("no window “%s”" % title, lambda: not self.windows(title))

    def focused(self):
        return self.x("xdotool", "getwindowfocus", "getwindowname").strip()

    def wait_focus(self, title):
        self.wait_for("the focus on “%s”" % title, lambda: re.search(title, self.focused()))

    def key(self, *keys):
        self.x("xdotool", "key", "--clearmodifiers", *keys)

    def type(self, text):
        self.x("xdotool", "type", text)

    def picture(self, path, window="root", crop=None):
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        command = ["import", "-window", window]
        if crop:
            command += ["-crop", crop, "+repage"]
        subprocess.run([*command, path], env=self.env, check=True, timeout=DEADLINE_S)

    def wait_for(self, what, test, deadline=None):
        """Other people's programs tell nobody when they are done: looks again soon, until the
        deadline."""
        end = time.monotonic() + (deadline or DEADLINE_S)
        while True:
            seen = test()
            if seen:
                return seen
            if time.monotonic() > end:
                raise Failure("never saw %s\n%s" % (what, self.tray_log()))
            threading.Event().wait(0.05)

    def tray_log(self, lines=30):
        return self.log_of("tray", lines) if os.path.exists(self.path("tray.log")) else ""

    def stop_program(self, program, how=None):
        if program.poll() is None:
            program.send_signal(how) if how else program.terminate()
            try:
                program.wait(10)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
        if program in self.programs:
            self.programs.remove(program)

    def __exit__(self, *why):
        for program in [p for p in self.programs if p.name == "tray"]:
            self.stop_program(program)  # only then do sanitizers tell of leaks
        # The accessibility bridge may be asked for a menu that is just going. It unrefs the state set
        # that it did not get, and complains of itself.
        said = re.sub(r"(?:.* critical Atk: atk_state_set_contains_state: .*\n)+.* critical GLib-GObject: g_object_unref: .*\n",
                      "", self.tray_log(None))
        complaints = re.findall(r"^.*(?: warning | critical |Sanitizer|runtime error).*$", said, re.M)
        if os.environ.get("OH_KEEP") and complaints:
            print("# " + self.tray_log(None).replace("\n", "\n# "))
        super().__exit__(*why)
        if complaints and why[0] is None:
            raise Failure("the tray complained:\n" + "\n".join(complaints[:10]))

    def close(self):
        for program in reversed(list(self.programs)):
            self.stop_program(program)
        super().close()


def simplify(node):
    number, properties, children = node
    return {
        "id": number,
        "label": properties.get("label", "---").replace("__", "_"),
        "enabled": properties.get("enabled", True),
        "icon": properties.get("icon-name"),
        "checked": properties.get("toggle-state", 0) == 1,
        "children": [simplify(c) for c in children],
    }
