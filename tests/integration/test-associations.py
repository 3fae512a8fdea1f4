#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Security associations against the fake front end, with MIT's KDC and gss-ntlmssp as acceptors:
a proxy in the path beside the registrar, renewals, losses, and that nothing is spent on a challenge
by a client that is signed in.

usage: test-associations.py BUILD-DIR REGISTRATION-PROBE [TEST...]
"""

import test_realm
from harness import DOMAIN, PROXY
from sign_in_desk import ONLY, SignIn, count, wait_out

ALICE = f'alice@{DOMAIN}'


def behind_a_proxy(*options, schemes='ntlm', registrar='kerberos', **more):
    return SignIn('--proxy=' + PROXY, '--proxy-schemes=' + schemes, '--schemes=' + registrar,
                  *options, **more)


def by_proxy(event):
    return event.get('by') == 'proxy'


def said(desk, event):
    """Everything of that name that the front end has said, up to now: its words may be behind the
    answers that the probe has already got."""
    command(desk, 'clear')
    return [e for e in desk.fe.drain() if e['event'] == event]


def challenges(desk):
    """(of the proxy, of the registrar) so far."""
    seen = said(desk, 'challenge')
    return len([e for e in seen if by_proxy(e)]), len([e for e in seen if not by_proxy(e)])


def handshakes(desk):
    """(with the proxy, with the registrar) so far."""
    seen = said(desk, 'authenticated')
    return len([e for e in seen if by_proxy(e)]), len([e for e in seen if not by_proxy(e)])


def command(desk, line):
    desk.fe.send(line)
    done = desk.fe.wait('control')
    assert done['ok'], (line, done)


def ask(probe, method):
    """Sends a request; the status of its answer."""
    probe.send('send ' + method)
    return probe.wait('answer', method=method)['status']


# What passes the guards of both servers and is answered by the one behind them.
ANSWERED = {'OPTIONS': 200, 'SUBSCRIBE': 489, 'SERVICE': 400, 'INFO': 405}


# ---------------------------------------------------------------- two servers at once

def both_sign_and_verify():
    for schemes, registrar, versions in (('ntlm', 'kerberos', (2, 4)), ('kerberos', 'ntlm', (4, 2)),
                                         ('ntlm', 'ntlm', (3, 4)), ('kerberos', 'kerberos', (4, 3))):
        with behind_a_proxy(f'--proxy-version={versions[0]}', f'--version={versions[1]}',
                            '--proxy-realm=The Edge, outside',
                            schemes=schemes, registrar=registrar) as desk:
            probe = desk.probe()
            probe.wait('signed-in')
            desk.fe.wait('registered', signed=True)
            assert handshakes(desk) == (1, 1)
            before = challenges(desk)
            for method in ANSWERED:
                status = ask(probe, method)
                assert status not in (0, 401, 407), (method, status)
            desk.fe.send(f'request {ALICE} OPTIONS')  # signed by both, answered for both
            desk.fe.wait('answered', method='OPTIONS', signed=True, status=200)
            probe.send('sign-out')
            desk.fe.wait('deregistered', reason='client')
            probe.wait('signed-out')
            assert challenges(desk) == before
            desk.no_violation()


def both_in_one_family():
    """The registrar asks with 407 too: two Proxy-Authorization lines in every message."""
    with behind_a_proxy('--family=407') as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        assert ask(probe, 'OPTIONS') == 200
        assert handshakes(desk) == (1, 1)
        desk.no_violation()


def forked_challenges():
    """Both ask in one response: each is served in its turn, no password is shown twice at once."""
    for registrar in ('kerberos', 'ntlm'):
        for family in ('401', '407'):
            with behind_a_proxy('--forked', '--family=' + family, registrar=registrar) as desk:
                probe = desk.probe()
                probe.wait('signed-in')
                assert ask(probe, 'OPTIONS') == 200
                assert handshakes(desk) == (1, 1)
                desk.no_violation()


def wrong_password_is_sent_to_one_server_only():
    for options in ((), ('--forked',)):
        with behind_a_proxy(*options, registrar='ntlm') as desk:
            failed = desk.probe(password='wrong').wait('state', state='failed')
            assert failed['code'] == 'credentials-rejected', failed
            assert len(said(desk, 'refused')) == 1


def another_proxy_for_some_requests():
    """REGISTER does not pass it: the request that meets it carries its handshake."""
    with behind_a_proxy('--proxy-methods=SUBSCRIBE,INFO') as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        assert handshakes(desk) == (0, 1)
        for method in ('SUBSCRIBE', 'INFO', 'OPTIONS', 'SERVICE'):  # all at once
            probe.send('send ' + method)
        statuses = [probe.wait('answer')['status'] for _ in range(4)]
        assert not {0, 401, 407} & set(statuses), statuses
        assert handshakes(desk) == (1, 1)
        before = challenges(desk)
        for method in ('SUBSCRIBE', 'INFO', 'SUBSCRIBE'):
            assert ask(probe, method) not in (0, 401, 407)
        probe.send('check')
        desk.fe.wait('registered', refresh=True)
        assert challenges(desk) == before
        assert count(probe, 'state', state='online') == 1
        # ... and it forgets us: the request itself mends that
        command(desk, 'forget proxy')
        assert ask(probe, 'INFO') not in (0, 401, 407)
        assert handshakes(desk) == (2, 1)
        assert count(probe, 'renewed') == 0
        desk.no_violation()


# ---------------------------------------------------------------- losing one of them

def one_of_two_forgets():
    for which, expected in ((' proxy', (2, 1)), ('', (1, 2))):
        for how in ('check', 'send OPTIONS', 'send SERVICE'):
            with behind_a_proxy() as desk:
                probe = desk.probe()
                probe.wait('signed-in')
                desk.fe.wait('registered')
                command(desk, 'forget' + which)
                probe.send(how)
                probe.wait('renewed')
                if how != 'check':
                    status = probe.wait('answer')['status']
                    assert status not in (0, 401, 407), (which, how, status)
                assert ask(probe, 'OPTIONS') == 200
                assert handshakes(desk) == expected, (which, how)
                assert count(probe, 'state', state='waiting') == 0
                assert len(said(desk, 'connected')) == 1
                desk.no_violation()


def both_forget():
    with behind_a_proxy() as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        command(desk, 'forget')
        command(desk, 'forget proxy')
        assert ask(probe, 'OPTIONS') == 200
        assert handshakes(desk) == (2, 2)
        desk.no_violation()


def proxy_comes_into_the_path_and_leaves_it():
    with behind_a_proxy() as desk:
        command(desk, 'proxy off')
        probe = desk.probe()
        probe.wait('signed-in')
        assert handshakes(desk) == (0, 1)
        command(desk, 'proxy on')
        probe.send('check')
        desk.fe.wait('registered', refresh=True)
        assert ask(probe, 'OPTIONS') == 200
        assert handshakes(desk) == (1, 1)
        command(desk, 'proxy off')
        assert ask(probe, 'OPTIONS') == 200  # what is signed for it does no harm
        assert count(probe, 'state', state='online') == 1
        desk.no_violation()


def transaction_over_a_renewal():
    """A request that the server answers only after the new handshake, with the old association."""
    with behind_a_proxy() as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        command(desk, 'delay OPTIONS 1500')
        probe.send('send OPTIONS')
        desk.fe.wait('fault', method='OPTIONS', kind='delay')
        command(desk, 'forget')
        command(desk, 'forget proxy')
        probe.send('check')
        probe.wait('renewed')
        assert handshakes(desk) == (2, 2)
        assert probe.wait('answer', method='OPTIONS')['status'] == 200
        desk.no_violation()


# ---------------------------------------------------------------- how long they live

def nothing_is_spent_on_challenges():
    """Every request after the sign-in leaves signed; refreshes too. Only the handshakes before a
    ticket ends begin with a challenge, because they have to."""
    with SignIn('--schemes=kerberos', '--expires=60', realm_env={'REALM_TICKET_LIFE': '2m'}) as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        desk.fe.wait('registered', refresh=False)
        probe.send('hurry 20')
        renewed = False
        while not renewed:
            for method in ('SUBSCRIBE', 'SERVICE', 'OPTIONS'):
                assert ask(probe, method) not in (0, 401, 407)
            renewed = count(probe, 'renewed') > 0
        seen = said(desk, 'challenge')
        assert {e['method'] for e in seen} == {'REGISTER'}, seen
        assert len(seen) == sum(handshakes(desk)), seen
        assert said(desk, 'unknown-association') == []
        assert len(said(desk, 'connected')) == 1
        desk.no_violation('too-many-requests')  # 25 in a second of ours are 500 in one of its


def nothing_is_spent_on_challenges_by_two_servers():
    with behind_a_proxy('--expires=60') as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        desk.fe.wait('registered', refresh=False)
        before = challenges(desk)
        probe.send('hurry 20')
        for _ in range(3):
            desk.fe.wait('registered', refresh=True, signed=True)
            for method in ANSWERED:
                assert ask(probe, method) not in (0, 401, 407)
        assert challenges(desk) == before
        assert handshakes(desk) == (1, 1)
        desk.no_violation('too-many-requests')


def a_server_that_forgets_sooner():
    """Life cut short by the server: any request finds out, is sent again, and nothing is lost."""
    with behind_a_proxy() as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        command(desk, 'association-life 1')
        while count(probe, 'renewed') < 2:
            assert ask(probe, 'OPTIONS') == 200
        assert count(probe, 'state', state='online') == 1
        assert handshakes(desk)[0] == 1  # the proxy has forgotten nothing
        desk.no_violation('too-many-requests')  # as many as leave; some arrive closer together


def a_server_that_forgets_the_idle():
    """... between two refreshes: a refresh that is challenged is a handshake, not a refusal."""
    with SignIn('--schemes=ntlm', '--expires=60', '--association-idle=1') as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        probe.send('hurry 10')
        probe.wait('renewed')
        probe.send('hurry 1')
        assert ask(probe, 'OPTIONS') == 200
        assert count(probe, 'state', state='online') == 1
        assert len(said(desk, 'connected')) == 1
        desk.no_violation()


def a_new_connection_begins_anew():
    with behind_a_proxy() as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        desk.fe.send('cut')
        probe.wait('state', state='waiting')
        wait_out(probe)
        probe.wait('signed-in')
        assert ask(probe, 'OPTIONS') == 200
        assert handshakes(desk) == (2, 2)
        assert said(desk, 'unknown-association') == []  # nothing old was sent
        desk.no_violation()


def garbled_by_the_registrar_though_the_proxy_signs():
    """One right signature does not make up for one that is wrong."""
    with behind_a_proxy() as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        command(desk, 'garble rspauth')
        assert ask(probe, 'OPTIONS') == 0
        assert ask(probe, 'OPTIONS') == 200


TESTS = [
    both_sign_and_verify,
    both_in_one_family,
    forked_challenges,
    wrong_password_is_sent_to_one_server_only,
    another_proxy_for_some_requests,
    one_of_two_forgets,
    both_forget,
    proxy_comes_into_the_path_and_leaves_it,
    transaction_over_a_renewal,
    nothing_is_spent_on_challenges,
    nothing_is_spent_on_challenges_by_two_servers,
    a_server_that_forgets_sooner,
    a_server_that_forgets_the_idle,
    a_new_connection_begins_anew,
    garbled_by_the_registrar_though_the_proxy_signs,
]

test_realm.run([test for test in TESTS if not ONLY or test.__name__ in ONLY])
