#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An agent that does what a test tells it: the interfaces of agent/bus/*.xml on the session bus,
with no server and no phone behind them. For tests of the tray alone; whether the real agent agrees
is up to the tests with the real one.

Takes one JSON object per line on stdin, prints one per line on stdout:
  {"agent": {"EndpointState": "online"}}          properties of the agent
  {"phone": "desk", "set": {"State": "ready"}}    makes or changes a phone; "set": null removes it
  {"call": "c1", "set": {"State": "incoming"}}    likewise a call
  {"contacts": [[uri, name, presence, note, groups, numbers], ...]}   replaces the list; a seventh
      member says since when and the like, see ContactsChanged
  {"changed": [...], "removed": [...]}            a delta
  {"admin": "desk", "look": [about, report], "set": report}   from now on that phone's password can be
      set; "set": null keeps SetLogin waiting until {"progress": [phone, step, text]} and then
      {"set-done": [phone, report]} come
  {"directory": true}                             from now on there is one: Search says so
  {"found": [[name, uri, mail, title, department, company, contact, numbers], ...],
   "more": false, "failed": [code, message, advice]}   what it says to the last search
  {"behind": {"phone": "desk", "set": {...}}}     that command directly behind the next answer to
      GetManagedObjects: a change that overtakes whoever is still making objects of it
  {"refuse": {"Dial": ["BadNumber", "text"]}}     the next calls of that method fail so
  {"delay": {"ParseNumber": 1500}}                answers of that method come so many ms later
  {"quit": true}
  -> {"event": "ready"}, {"event": "done"} after each command,
     {"event": "method", "name": "Dial", "object": "...", "arguments": [...]} when it is called, and
     {"event": "answered", "name": "Dial"} when the answer has left
"""

import json
import os
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
BUS = os.path.join(HERE, "..", "..", "agent", "bus")
ROOT = "/org/offhook/Agent"
MANAGER = """<node><interface name="org.freedesktop.DBus.ObjectManager">
<method name="GetManagedObjects"><arg type="a{oa{sa{sv}}}" direction="out"/></method>
<signal name="InterfacesAdded"><arg type="o"/><arg type="a{sa{sv}}"/></signal>
<signal name="InterfacesRemoved"><arg type="o"/><arg type="as"/></signal></interface></node>"""

ADMIN = "org.offhook.PhoneAdmin1"
EMPTY = {"s": "", "b": False, "x": 0, "t": 0, "u": 0, "as": []}


def say(**event):
    print(json.dumps(event), flush=True)


def interface(name):
    with open(os.path.join(BUS, name + ".xml"), encoding="utf-8") as stream:
        return Gio.DBusNodeInfo.new_for_xml(stream.read()).interfaces[0]


def pack(values):
    return {key: GLib.Variant("b" if isinstance(value, bool) else "s", value) for key, value in values.items()}


class Thing:
    """One exported object with one interface of ours."""

    def __init__(self, agent, path, name):
        self.agent, self.path, self.info = agent, path, agent.infos[name]
        self.types = {p.name: p.signature for p in self.info.properties}
        self.values = {n: EMPTY[t] for n, t in self.types.items()}
        self.id = agent.connection.register_object(path, self.info, self.on_call, self.on_get, None)

    def properties(self):
        return {n: GLib.Variant(self.types[n], v) for n, v in self.values.items()}

    def on_get(self, connection, sender, path, interface_name, name):
        return GLib.Variant(self.types[name], self.values[name])

    def on_call(self, connection, sender, path, interface_name, method, parameters, invocation):
        self.agent.called(self, method, parameters, invocation)

    def set(self, values):
        self.values.update(values)
        changed = {n: GLib.Variant(self.types[n], v) for n, v in values.items()}
        self.agent.emit(
            self.path,
            "org.freedesktop.DBus.Properties",
            "PropertiesChanged",
            GLib.Variant("(sa{sv}as)", (self.info.name, changed, [])),
        )


class Agent:
    def __init__(self, connection, loop):
        self.connection, self.loop = connection, loop
        names = ("org.offhook.Agent1", "org.offhook.Phone1", "org.offhook.Call1", "org.offhook.Directory1", ADMIN)
        self.infos = {name: interface(name) for name in names}
        self.things, self.contacts, self.revision = {}, {}, 0
        self.admins = {}
        self.refusals, self.delays = {}, {}
        self.behind = None
        manager = Gio.DBusNodeInfo.new_for_xml(MANAGER).interfaces[0]
        connection.register_object(ROOT, manager, self.on_manager, None, None)
        self.agent = Thing(self, ROOT, "org.offhook.Agent1")
        self.searcher = Thing(self, ROOT, "org.offhook.Directory1")
        self.has_directory, self.last_search = False, 0
        self.agent.values.update(
            Version="0", EndpointState="offline", Availability="unknown", ConfirmLinks="always"
        )

    def emit(self, path, interface_name, signal, parameters):
        self.connection.emit_signal(None, path, interface_name, signal, parameters)

    def on_manager(self, connection, sender, path, name, method, parameters, invocation):
        objects = {}
        for t in [self.agent, *self.things.values(), *self.admins.values()]:
            objects.setdefault(t.path, {})[t.info.name] = t.properties()
        invocation.return_value(GLib.Variant("(a{oa{sa{sv}}})", (objects,)))
        behind, self.behind = self.behind, None
        if behind:
            self.command(behind)

    # --- what the tray calls ---

    def called(self, thing, method, parameters, invocation):
        say(event="method", name=method, object=thing.path, arguments=self.plain(method, parameters, invocation))
        delay = self.delays.get(method, 0)
        if delay:
            GLib.timeout_add(delay, self.answer, thing, method, parameters, invocation)
        else:
            self.answer(thing, method, parameters, invocation)

    def plain(self, method, parameters, invocation):
        if method not in ("StoreSecret", "SetLogin"):
            return parameters.unpack()
        fds = invocation.get_message().get_unix_fd_list()
        fd = fds.get(0)
        secret = os.pread(fd, 2048, 0).decode()
        os.close(fd)
        return [*parameters.unpack()[:2], secret]

    def answer(self, thing, method, parameters, invocation):
        if method in self.refusals:
            name, text = self.refusals[method]
            invocation.return_dbus_error("org.offhook.Error." + name, text)
        elif hasattr(self, "do_" + method):
            getattr(self, "do_" + method)(thing, parameters.unpack(), invocation)
        else:
            invocation.return_value(None)
        self.connection.flush_sync(None)
        say(event="answered", name=method)
        return GLib.SOURCE_REMOVE

    def do_ParseNumber(self, thing, arguments, invocation):
        text, source = arguments
        digits = text.split(":", 1)[-1].replace("-", "").replace(" ", "")
        if not digits.lstrip("+").isdigit():
            invocation.return_dbus_error("org.offhook.Error.BadNumber", "“%.40s” is not a telephone number." % text)
            return
        names = [c[1] for c in self.contacts.values() if any(n[1] == digits for n in c[5])]
        premium = digits.startswith("+49900")
        result = {
            "typed": GLib.Variant("s", text),
            "dialled": GLib.Variant("s", digits),
            "display": GLib.Variant("s", digits[:3] + " " + digits[3:5] + " " + digits[5:] if len(digits) > 7 else digits),
            "kind": GLib.Variant("s", "premium" if premium else "e164"),
            "rule": GLib.Variant("s", "international"),
            "name": GLib.Variant("s", names[0] if names else ""),
            "confirm": GLib.Variant("b", premium or (source == "link" and self.agent.values["ConfirmLinks"] != "never")),
            "confirm-reason": GLib.Variant(
                "s", "This number is charged above the ordinary rate." if premium else ""
            ),
        }
        invocation.return_value(GLib.Variant("(a{sv})", (result,)))

    def do_Dial(self, thing, arguments, invocation):
        invocation.return_value(GLib.Variant("(o)", (ROOT + "/calls/c1",)))

    def do_Consult(self, thing, arguments, invocation):
        invocation.return_value(GLib.Variant("(o)", (ROOT + "/calls/c2",)))

    def do_SetPresence(self, thing, arguments, invocation):
        if arguments[0] != "reset":
            self.agent.set({"Availability": arguments[0]})
        invocation.return_value(None)

    def do_AddPhone(self, thing, arguments, invocation):
        invocation.return_value(GLib.Variant("(s)", ("lab",)))

    def do_TrustCertificate(self, thing, arguments, invocation):
        invocation.return_value(GLib.Variant("(s)", (arguments[0],)))

    def do_ListContacts(self, thing, arguments, invocation):
        invocation.return_value(
            GLib.Variant("(ta(ssssasa(sss)a{sv}))", (self.revision, [tuple(c) for c in self.contacts.values()]))
        )

    def do_Search(self, thing, arguments, invocation):
        query = arguments[0].casefold()
        uris = [c[0] for c in self.contacts.values() if query in c[1].casefold()]
        self.last_search += 1
        invocation.return_value(GLib.Variant("(uasub)", (self.last_search, uris, len(uris), self.has_directory)))

    def do_Look(self, thing, arguments, invocation):
        about, report = thing.look
        invocation.return_value(GLib.Variant("(a{sv}aa{sv}a(ssss))", (pack(about), [], [tuple(r) for r in report])))

    def do_SetLogin(self, thing, arguments, invocation):
        thing.waiting = invocation
        if thing.set_report is not None:
            self.finish_login(thing, thing.set_report)

    def finish_login(self, thing, report):
        thing.waiting.return_value(GLib.Variant("(a(ssss))", ([tuple(r) for r in report],)))

    # --- what the test wants ---

    def put_admin(self, phone, look, report):
        path = "%s/phones/%s" % (ROOT, phone)
        thing = self.admins.get(phone)
        if thing is None:
            thing = self.admins[phone] = Thing(self, path, ADMIN)
            self.emit(
                ROOT,
                "org.freedesktop.DBus.ObjectManager",
                "InterfacesAdded",
                GLib.Variant("(oa{sa{sv}})", (path, {ADMIN: thing.properties()})),
            )
        thing.look, thing.set_report = look, report

    def finish_search(self, people, more, code, message, advice):
        name, number = "org.offhook.Directory1", self.last_search
        packed = [(*person[:7], [tuple(n) for n in person[7]]) for person in people]
        self.emit(ROOT, name, "Found", GLib.Variant("(ua(sssssssa(sss)))", (number, packed)))
        self.emit(ROOT, name, "Finished", GLib.Variant("(ubsssu)", (number, more, code, message, advice, 0)))

    def put(self, kind, key, values):
        name = {"phones": "org.offhook.Phone1", "calls": "org.offhook.Call1"}[kind]
        path = "%s/%s/%s" % (ROOT, kind, key)
        thing = self.things.get(path)
        if values is None:
            self.connection.unregister_object(thing.id)
            del self.things[path]
            self.emit(ROOT, "org.freedesktop.DBus.ObjectManager", "InterfacesRemoved", GLib.Variant("(oas)", (path, [name])))
        elif thing is not None:
            thing.set(values)
        else:
            thing = self.things[path] = Thing(self, path, name)
            thing.values.update(Id=key, **values)
            self.emit(
                ROOT,
                "org.freedesktop.DBus.ObjectManager",
                "InterfacesAdded",
                GLib.Variant("(oa{sa{sv}})", (path, {name: thing.properties()})),
            )

    def change_contacts(self, changed, removed):
        self.revision += 1
        for contact in changed:
            contact[5] = [tuple(n) for n in contact[5]]
            more = contact[6] if len(contact) > 6 else {}
            kinds = {"since": "x", "inactive": "b", "out-of-office": "b"}
            contact[6:] = [{key: GLib.Variant(kinds[key], value) for key, value in more.items()}]
            self.contacts[contact[0]] = contact
        for uri in removed:
            self.contacts.pop(uri, None)
        self.emit(
            ROOT,
            "org.offhook.Agent1",
            "ContactsChanged",
            GLib.Variant("(ta(ssssasa(sss)a{sv})as)", (self.revision, [tuple(c) for c in changed], removed)),
        )

    def command(self, what):
        if "agent" in what:
            self.agent.set(what["agent"])
        if "phone" in what:
            self.put("phones", what["phone"], what["set"])
        if "admin" in what:
            self.put_admin(what["admin"], what["look"], what["set"])
        if "progress" in what:
            phone, *step = what["progress"]
            self.emit(self.admins[phone].path, ADMIN, "Progress", GLib.Variant("(ss)", tuple(step)))
        if "set-done" in what:
            self.finish_login(self.admins[what["set-done"][0]], what["set-done"][1])
        if "call" in what:
            self.put("calls", what["call"], what["set"])
        if "contacts" in what:
            gone = set(self.contacts) - {c[0] for c in what["contacts"]}
            self.change_contacts(what["contacts"], sorted(gone))
        if "changed" in what or "removed" in what:
            self.change_contacts(what.get("changed", []), what.get("removed", []))
        self.has_directory = what.get("directory", self.has_directory)
        if "found" in what:
            self.finish_search(what["found"], what.get("more", False), *what.get("failed", ["", "", ""]))
        self.behind = what.get("behind", self.behind)
        self.refusals.update(what.get("refuse", {}))
        for method in what.get("allow", []):
            self.refusals.pop(method, None)
        self.delays.update(what.get("delay", {}))
        say(event="done")
        if what.get("quit"):
            self.loop.quit()


def main():
    loop = GLib.MainLoop()
    connection = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    agent = Agent(connection, loop)

    def on_line(channel, condition):
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        agent.command(json.loads(line))
        return True

    for line in os.environ.get("FAKE_AGENT_START", "").splitlines():
        agent.command(json.loads(line))
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_line)
    Gio.bus_own_name_on_connection(
        connection, "org.offhook.Agent", Gio.BusNameOwnerFlags.NONE, lambda *a: say(event="ready"), lambda *a: loop.quit()
    )
    loop.run()


if __name__ == "__main__":
    main()
