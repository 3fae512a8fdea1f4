#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's phones of other makers against clients written by others: what the product's
second body and its detection are tested with has to be right on its own.

usage: test-phone-simulator-makers.py PHONE-SIMULATOR
"""

import base64
import sys

import harness
from simulated_phone import Phone as AnyPhone
from simulated_phone import Receiver

PROGRAM = sys.argv[1]
LOGIN = {"Authorization": "Basic " + base64.b64encode(b"admin:1234").decode()}


def Phone(personality, *options, **more):
    return AnyPhone(personality, *options, program=PROGRAM, **more)


def eq(seen, wanted, what=""):
    if seen != wanted:
        raise harness.Failure("%s: saw %r instead of %r" % (what, seen, wanted))


def true(condition, what):
    if not condition:
        raise harness.Failure(what)


def uri(phone, query, path="/servlet"):
    return phone.bare(path + "?" + query, headers=LOGIN)[0]


def yealink_takes_action_uris():
    """dial, answer, hold and end by action URI, under the new address and the two old ones"""
    with Phone("yealink", "--answer-after", "1") as phone:
        eq(uri(phone, "key=number=%2B4930123452&outgoing_uri=440@pbx.example"), 200)
        eq(phone.calls()[0][0], "+4930123452")
        phone.wait("call", state="connected")
        call = phone.say("dump")["calls"][0]["id"]
        eq(uri(phone, "key=HOLD:%d" % call), 200)
        eq(phone.calls(), [("+4930123452", "holding")])
        eq(uri(phone, "key=HOLD:%d" % call), 200)
        eq(phone.calls(), [("+4930123452", "holding")], "no toggle")
        eq(uri(phone, "key=UNHOLD:%d" % (call + 1)), 200)
        eq(phone.calls(), [("+4930123452", "holding")], "another call's number")
        eq(uri(phone, "key=UNHOLD:%d" % call, "/cgi-bin/ConfigManApp.com"), 200)
        eq(phone.calls(), [("+4930123452", "connected")])
        eq(uri(phone, "key=1;POUND", "/cgi-bin/cgiServer.exx"), 200)
        eq(phone.say("dump")["dtmf"], "1#")
        eq(uri(phone, "key=CANCEL:%d" % call), 200)
        eq(phone.calls(), [])
        eq(uri(phone, "p=x&key=number=11"), 200)  # not in the first place: a page for people
        eq(phone.calls(), [])


def yealink_asks_who_it_is():
    """without a login 401 with Basic; addresses that are not listed, and no consent: 403 before that"""
    with Phone("yealink") as phone:
        status, headers, _ = phone.bare("/servlet?key=number=11")
        eq((status, headers["WWW-Authenticate"].split()[0]), (401, "Basic"))
        eq(headers["Server"], "yealink embed httpd")
        for setting, value in (
            ("features.action_uri_limit_ip", ""),
            ("features.action_uri_limit_ip", "192.0.2.*, 198.51.100.7"),
            ("features.action_uri.enable", "0"),
            ("consent", "asked"),
        ):
            phone.say("set %s %s" % (setting, value))
            status, headers, body = phone.bare("/servlet?key=number=11")
            eq((status, headers["WWW-Authenticate"]), (403, None), value)
            true("forbidden" in body, body)
            phone.say("set features.action_uri_limit_ip 127.0.*.*")
            phone.say("set features.action_uri.enable 1")
            phone.say("set consent given")
        eq(phone.calls(), [])
        eq(uri(phone, "key=number=11"), 200)
        eq(phone.calls(), [("11", "calling")])


def yealink_tells_its_configuration():
    """phonecfg=get tells what was asked for; the login page names model and firmware before a login"""
    with Phone("yealink") as phone:
        _, _, body = phone.bare("/servlet?phonecfg=get&accounts=1&dnd=1&fw=0", headers=LOGIN)
        lines = body.splitlines()
        true(lines[0].startswith("Account1|440|") and "|440@pbx.example|" in lines[0], body)
        eq(lines[1:], ["DND=0"])
        uri(phone, "key=DNDOn")
        uri(phone, "key=DNDOn")
        eq(phone.bare("/servlet?phonecfg=get&dnd=1", headers=LOGIN)[2], "DND=1\n")
        status, headers, _ = phone.bare("/")
        eq((status, headers["Location"]), (302, "/servlet?m=mod_listener&p=login&q=loginForm"))
        page = phone.bare(headers["Location"])[2]
        true('g_phonetype = "T46S"' in page and 'g_strFirmware = "66.86.0.15"' in page, page)
        eq(phone.bare("/info.htm")[0], 404)


def yealink_fires_its_own_urls():
    """action_url.* with Yealink's variables; snom's stay as they are"""
    with Receiver() as receiver:
        options = []
        for event in ("incoming_call", "call_established", "call_terminated"):
            options += ["--set", "action_url.%s=%s/%s?c=$call_id&r=$remote&m=$model&x=$call-id" % (event, receiver.base, event)]
        with Phone("yealink", "--set", "action_incoming_url=%s/snom" % receiver.base, *options) as phone:
            phone.say("ring 030123 Bob")
            path, query = receiver.next()
            eq(path, "/incoming_call")
            true(query["c"][0].isdigit(), query)
            eq((query["r"], query["m"], query["x"]), (["030123@pbx.example"], ["T46S"], ["$call-id"]))
            eq(uri(phone, "key=ASW:" + query["c"][0]), 200)
            eq(receiver.next()[0], "/call_established")
            phone.say("remote-hangup")
            eq(receiver.next()[0], "/call_terminated")


def others_are_only_pages():
    """a DECT base and another maker's phone under snom's name show themselves and do nothing"""
    for personality, name in (("m300", "M300"), ("m100kle", "M100 KLE")):
        with Phone(personality) as phone:
            for path in ("/", "/info.htm", "/command.htm?number=11"):
                status, headers, body = phone.bare(path)
                eq((status, headers["Server"]), (200, None), path)
                true("<title>%s</title>" % name in body, body)
            eq(phone.calls(), [])


def a_rebadged_phone_is_classic():
    """a VTech ET635 obeys as a snom does, under its own name"""
    with Phone("et635") as phone:
        true("ET635" in phone.get("/info.htm")[2], "no model")
        eq(phone.command("number=11"), 302)
        eq(phone.calls(), [("11", "calling")])


def a_login_can_be_asked_for_without_end():
    """login-loop: 401 also to the right password, and it counts as no failure"""
    with Phone("d725", "--set", "login-loop=yes") as phone:
        for _ in range(3):
            eq(phone.get("/info.htm")[0], 401)
        phone.say("set login-loop no")
        eq(phone.get("/info.htm")[0], 200)


def further_screens_are_pictures():
    """label and expansion screens are BMP where there are such"""
    with Phone("d785") as phone:
        for path in ("/label_screen.bmp", "/exp_screen.bmp"):
            status, headers, body = phone.get(path)
            eq((status, headers["Content-Type"], body[:2]), (200, "image/bmp", "BM"), path)
    with Phone("s360-87") as phone:
        eq(phone.get("/label_screen.bmp")[0], 404)


TESTS = [
    yealink_takes_action_uris, yealink_asks_who_it_is, yealink_tells_its_configuration, yealink_fires_its_own_urls,
    others_are_only_pages, a_rebadged_phone_is_classic, a_login_can_be_asked_for_without_end, further_screens_are_pictures,
]  # fmt: skip

if __name__ == "__main__":
    sys.exit(harness.run(TESTS))
