#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server provisions with, from the front end to what the phone dials: rules of the
location profile, changes that the server sends, a company's own rules, and rules that no server
should have."""

import json
import os
import sys

import harness

ALICE = "sip:alice@fabrikam.test"
PACKAGE = "vnd-microsoft-provisioning-v2"


def check(condition, text):
    if not condition:
        raise harness.Failure(text)


def tell(front_end, *commands):
    for command in commands:
        front_end.send(command)
        said = front_end.wait("control", command=command)
        check(said["ok"], str(said))


def sign_in(desk, front_end):
    desk.start_bus()
    desk.kinit()
    desk.set_account(front_end, login="")
    desk.expect(0, "sign-in")
    front_end.wait("subscribed", user=ALICE, package=PACKAGE, expires=0)


def provisioned(desk, what, test):
    """The status once test(server) is true."""
    return desk.wait_status(what, lambda s: s["server"] is not None and test(s["server"]))["server"]


def dial(desk, phone, text, digits):
    """Dials the text, and the phone has to be asked for those digits."""
    desk.expect(0, "call", text, "--yes", "--wait", "connected")
    asked = [e for e in phone.drain() if e["event"] == "request" and "number=" in (e.get("query") or "")]
    check(asked and digits in asked[-1]["query"].replace("%2B", "+"), "%s: %s" % (text, asked))
    desk.expect(0, "hangup")
    desk.wait_status("no call", lambda s: not s["calls"])


def number(desk, text):
    return json.loads(desk.expect(0, "number", text, "--json").stdout)


def no_violation(front_end):
    bad = [e for e in front_end.drain() if e["event"] in ("violation", "bad-signature")]
    check(not bad, str(bad))


def with_phone(desk):
    phone = desk.start_phone("d785", "--password=telefon")
    desk.add_phone(phone)
    desk.wait_phone("telling", lambda p: p["state"] == "ready" and p["events"] == "yes")
    return phone


def test_rule_is_dialled():
    """a typed number is dialled by the server's rule, which is told; a change holds at once"""
    with harness.Desk() as desk:
        front_end = desk.start_front_end()
        tell(front_end, "provision rule '^([1-9]\\d{2})$' '+493012345$1'", "provision rule '^0([1-9]\\d+)$' '+49$1'")
        sign_in(desk, front_end)
        server = provisioned(desk, "provisioned", lambda s: s["rules"] == 2 and not s["stale"])
        check(server["location-profile"] == "Berlin.fabrikam.test", str(server))
        check(server["organization"] == "Fabrikam" and server["problems"] == [], str(server))
        check(server["may-transfer"] is True and server["may-park"] is False, str(server))
        check(server["help-desk"] == "https://%s/help" % harness.SERVER, str(server))
        phone = with_phone(desk)
        dial(desk, phone, "678", "+493012345678")
        seen = number(desk, "678")
        check(seen["dialled"] == "+493012345678", str(seen))
        check(seen["rule"] == "location profile Berlin.fabrikam.test: rule 1", str(seen))

        tell(front_end, "provision none", "provision style properties", "provision rule '^6(\\d\\d)$' '+4989$1'", "provision push")
        provisioned(desk, "changed", lambda s: s["rules"] == 1)
        dial(desk, phone, "678", "+498978")
        desk.expect(0, "sign-out")
        no_violation(front_end)


def test_kept():
    """what the server said holds before the next sign-in, marked as old"""
    with harness.Desk() as desk:
        front_end = desk.start_front_end("--no-piggyback", "--no-benotify")
        tell(front_end, "provision style elements", "provision rule '^([1-9]\\d{2})$' '+493012345$1'")
        sign_in(desk, front_end)
        provisioned(desk, "provisioned", lambda s: s["rules"] == 1 and not s["stale"])
        no_violation(front_end)
        folder = desk.path("home/.local/state/offhook")
        kept = [n for n in os.listdir(folder) if n.startswith("provisioning-")]
        check(len(kept) == 1 and os.stat(os.path.join(folder, kept[0])).st_mode & 0o777 == 0o600, str(kept))
        desk.stop_agent()
        front_end.stop()
        server = provisioned(desk, "as before", lambda s: s["rules"] == 1)
        check(server["stale"], str(server))
        check(number(desk, "678")["dialled"] == "+493012345678", "other rules than before")
        desk.wait_status("not signed in", lambda s: s["endpoint"]["state"] == "waiting")
        shown = desk.expect(0, "status").stdout
        check("https://%s/help" % harness.SERVER in shown and "has not confirmed" in shown, shown)


def test_outside():
    """from outside the external addresses are taken"""
    with harness.Desk() as desk:
        front_end = desk.start_front_end("--edge")
        sign_in(desk, front_end)
        server = provisioned(desk, "provisioned", lambda s: not s["stale"])
        check(server["address-book"] == "https://outside.%s/abs/handler" % harness.SERVER, str(server))
        check(server["help-desk"] == server["help-desk-external"], str(server))


def test_company_rules():
    """the company's rules go before the server's, and are read again when they change"""
    with harness.Desk() as desk:
        front_end = desk.start_front_end()
        tell(front_end, "provision rule '^([1-9]\\d{2})$' '+493012345$1'")
        path = desk.path("Company_Phone_Number_Normalization_Rules.txt")
        with open(path, "w", encoding="utf-16") as out:
            out.write("# ours\r\n6(\\d\\d)\r\n+4440$1\r\n(\r\n+1\r\n")
        sign_in(desk, front_end)
        desk.set("company-rules", "'%s'" % path)
        server = provisioned(desk, "with the company's", lambda s: s["rules"] == 2)
        check(server["problems"][0]["rule"] == "company rule 2 (line 4)", str(server))
        seen = number(desk, "678")
        check(seen["dialled"] == "+444078" and seen["rule"] == "company rule 1", str(seen))
        check(number(desk, "578")["dialled"] == "+493012345578", "the server's come next")
        with open(path + ".new", "w", encoding="utf-8") as out:
            out.write("678\n+4441\n")
        os.rename(path + ".new", path)
        provisioned(desk, "changed", lambda s: s["rules"] == 2 and not s["problems"])
        check(number(desk, "678")["dialled"] == "+4441", "the old rules")
        os.unlink(path)
        provisioned(desk, "gone", lambda s: s["rules"] == 1 and s["problems"])
        check(number(desk, "678")["dialled"] == "+493012345678", "the server's again")


def test_hostile():
    """rules that explode, ten thousand of them, and garbage: the next rule dials, the agent answers"""
    with harness.Desk() as desk:
        front_end = desk.start_front_end()
        tell(front_end, "provision garbage", "provision rule '^([1-9]\\d{2})$' '+493012345$1'")
        sign_in(desk, front_end)
        server = provisioned(desk, "provisioned", lambda s: s["rules"] == 1)
        names = [p["rule"] for p in server["problems"]]
        check("location profile Berlin.fabrikam.test: rule 1" in names and len(names) == 7, str(names))
        findings = json.loads(desk.expect(0, "doctor", "--json").stdout)
        check([f["title"] for f in findings if f["code"] == "provisioned"], str(findings))
        unused = [f for f in findings if f["code"] == "rule-unused" and f["severity"] == "warning"]
        check(len(unused) == 7 and ": rule 7 " in unused[6]["title"], str(unused))
        phone = with_phone(desk)
        dial(desk, phone, "678", "+493012345678")

        tell(front_end, "provision none", "provision catastrophic", "provision push")
        provisioned(desk, "catastrophic", lambda s: s["rules"] == 100)
        dial(desk, phone, "0049 30 12345678", "+493012345678")
        seen = number(desk, "0049 30 123456789012")
        check(seen["dialled"] == "+4930123456789012" and seen["rule"].startswith("settings"), str(seen))

        tell(front_end, "provision none", "provision many", "provision push")
        server = provisioned(desk, "many", lambda s: s["rules"] == 1000)
        check(len(server["problems"]) == 1, str(server["problems"]))
        check(number(desk, "70999")["rule"].endswith(": rule 1000"), "the thousandth is tried")
        no_violation(front_end)


def test_without():
    """a server that refuses or says nonsense costs the rules and nothing else"""
    with harness.Desk() as desk:
        script = desk.path("script")
        with open(script, "w", encoding="utf-8") as out:
            out.write(
                "expect SUBSCRIBE\nEvent: %s\nreply\n200 OK\nExpires: 0\nms-piggyback-cseq: 1\n"
                "Content-Type: application/vnd-microsoft-roaming-provisioning-v2+xml\n\n"
                "<!DOCTYPE a [<!ENTITY b 'c'>]><provisionGroupList>&b;</provisionGroupList>\nend\n" % PACKAGE
            )
        front_end = desk.start_front_end("--script=" + script)
        desk.start_bus()
        desk.kinit()
        desk.set_account(front_end, login="")
        desk.expect(0, "sign-in")
        front_end.wait("scripted")
        desk.wait_status("available", lambda s: s["presence"]["availability"] == "available")
        check(desk.status()["server"] is None, str(desk.status()))


if __name__ == "__main__":
    sys.exit(
        harness.run(
            [test_rule_is_dialled, test_kept, test_outside, test_company_rules, test_hostile, test_without]
        )
    )
