#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The registration against the fake front end, with MIT's KDC and gss-ntlmssp as acceptors.

usage: test-sign-in.py BUILD-DIR REGISTRATION-PROBE [TEST...]
"""

import os
import re
import socket
import subprocess

import test_realm
from harness import DOMAIN, PASSWORD, POOL, SERVER
from sign_in_desk import ONLY, SignIn, count, wait_out

# ---------------------------------------------------------------- the way in and out

def both_schemes_all_versions_both_families():
    for version in (2, 3, 4):
        for family in (401, 407):
            for mechanism in ('kerberos', 'ntlm'):
                with SignIn(f'--version={version}', f'--family={family}') as desk:
                    probe = desk.probe(f'--mechanism={mechanism}')
                    online = probe.wait('state', state='online')
                    assert online['mechanism'] == mechanism, online
                    assert online['server'] == f'{SERVER}:{desk.fe.port}', online
                    probe.wait('signed-in')
                    seen = desk.fe.wait('registered', signed=True)
                    assert seen['mechanism'].lower() == mechanism and not seen['refresh'], seen
                    probe.send('send OPTIONS')  # signed, both ways
                    assert probe.wait('answer', method='OPTIONS')['status'] == 200
                    probe.send('sign-out')
                    desk.fe.wait('deregistered', reason='client')
                    probe.wait('state', state='offline')
                    probe.wait('signed-out')
                    desk.no_violation()


def ticket_cache_without_a_password():
    with SignIn() as desk:
        desk.kinit()
        probe = desk.probe(login='', password=None)
        assert probe.wait('state', state='online')['mechanism'] == 'kerberos'
        desk.no_violation()


def no_ticket_and_no_password():
    with SignIn() as desk:
        probe = desk.probe(login='', password=None)
        waiting = probe.wait('state', state='waiting')
        assert waiting['code'] == 'ticket-missing', waiting
        assert SERVER in waiting['reason'], waiting
        # it comes by itself when there is a ticket
        desk.kinit()
        probe.send('check')
        assert probe.wait('state', state='online')['mechanism'] == 'kerberos'


def kerberos_falls_back_to_ntlm():
    with SignIn('--kerberos-target=sip/unknown.fabrikam.localhost') as desk:
        probe = desk.probe()
        assert probe.wait('state', state='online')['mechanism'] == 'ntlm'
        desk.no_violation()


def kerberos_alone_does_not_fall_back():
    with SignIn('--kerberos-target=sip/unknown.fabrikam.localhost') as desk:
        failed = desk.probe('--mechanism=kerberos').wait('state', state='failed')
        assert failed['code'] == 'mechanism-unavailable', failed
        assert 'unknown.fabrikam.localhost' in failed['reason'], failed


def tickets_for_other_services_are_refused():
    for target in ('http/' + SERVER, 'cifs/' + SERVER, SERVER, 'sip/127.0.0.1'):
        with SignIn('--schemes=kerberos', '--kerberos-target=' + target) as desk:
            failed = desk.probe().wait('state', state='failed')
            assert failed['code'] == 'mechanism-unavailable', failed
            assert target in failed['reason'], failed
            assert count(desk.fe, 'authenticated') == 0


def no_kdc():
    with SignIn('--schemes=kerberos') as desk, socket.socket() as nobody:
        nobody.bind(('127.0.0.1', 0))  # and does not listen
        with open(desk.path('realm', 'krb5.conf'), encoding='utf-8') as conf:
            text = re.sub(r'kdc = \S+', f'kdc = 127.0.0.1:{nobody.getsockname()[1]}', conf.read())
        with open(desk.path('krb5.conf'), 'w', encoding='utf-8') as conf:
            conf.write(text)
        desk.env['KRB5_CONFIG'] = desk.path('krb5.conf')
        waiting = desk.probe(login='alice@' + DOMAIN).wait('state', state='waiting')
        assert waiting['code'] == 'unreachable', waiting
        assert SERVER in waiting['reason'] and 'FABRIKAM.TEST' in waiting['reason'], waiting


def account_in_another_realm_goes_on_with_ntlm():
    """The KDC does not know this name, the server does: nothing was refused yet."""
    with SignIn() as desk:
        with open(desk.path('realm', 'ntlm-users'), 'a', encoding='utf-8') as users:
            users.write('CORP:anna:Passw0rd!\n')
        failed = desk.probe(login='CORP\\anna').wait('state', state='failed')
        desk.fe.wait('authenticated', mechanism='NTLM')
        assert '4004' in failed['reason'], failed  # signed in, but not as alice


def without_the_legacy_provider():
    """MD4 and RC4 live in a file of OpenSSL that may be missing: Kerberos goes on."""
    with SignIn() as desk:
        desk.env['OPENSSL_MODULES'] = desk.path('nothing')
        assert desk.probe().wait('state', state='online')['mechanism'] == 'kerberos'
        failed = desk.probe('--mechanism=ntlm', '--epid=abc').wait('state', state='failed')
        assert failed['code'] == 'mechanism-unavailable', failed
        assert 'NTLM unavailable' in failed['reason'] and 'legacy' in failed['reason'], failed


# ---------------------------------------------------------------- wrong passwords

def wrong_password_is_sent_exactly_once():
    with SignIn('--schemes=ntlm') as desk:
        probe = desk.probe(password='wrong')
        failed = probe.wait('state', state='failed')
        assert failed['code'] == 'credentials-rejected', failed
        assert SERVER in failed['reason'], failed
        assert count(desk.fe, 'challenge', continuation=True) == 1
        # nothing more happens by itself, not even when the network changes: what comes next is
        # what we ask for
        probe.send('check')
        probe.send('password ' + PASSWORD)
        probe.send('sign-in')
        probe.wait('state', state='online')
        assert failed['asked'] == 1


def wrong_password_at_the_kdc_is_not_shown_to_the_server():
    with SignIn() as desk:
        failed = desk.probe(login='alice@' + DOMAIN, password='wrong').wait('state', state='failed')
        assert failed['code'] == 'credentials-rejected', failed
        assert 'FABRIKAM.TEST' in failed['reason'], failed
        assert count(desk.fe, 'authenticated') == 0
        assert count(desk.fe, 'challenge') == 1


def password_changed_meanwhile():
    with SignIn('--schemes=ntlm') as desk:
        probe = desk.probe()
        probe.wait('state', state='online')
        probe.send('password wrong')
        desk.fe.send('forget')
        probe.send('check')
        failed = probe.wait('state', state='failed')
        assert failed['code'] == 'credentials-rejected', failed


def account_of_somebody_else():
    with SignIn() as desk:
        failed = desk.probe(login='FABRIKAM\\bob').wait('state', state='failed')
        assert failed['code'] == 'credentials-rejected', failed
        assert f'sip:alice@{DOMAIN}' in failed['reason'] and '4004' in failed['reason'], failed


# ---------------------------------------------------------------- where it cannot go

def unknown_host():
    with SignIn() as desk:
        waiting = desk.probe(server='nowhere.invalid').wait('state', state='waiting')
        assert waiting['code'] == 'unreachable', waiting
        assert 'nowhere.invalid' in waiting['reason'], waiting


def nobody_listens():
    with SignIn() as desk:
        desk.fe.send('listen off')
        desk.fe.wait('control', ok=True)
        waiting = desk.probe().wait('state', state='waiting')
        assert waiting['code'] == 'unreachable', waiting
        assert SERVER in waiting['reason'], waiting


def no_server_in_the_settings():
    with SignIn() as desk:
        failed = desk.probe(server='not a server').wait('state', state='failed')
        assert failed['code'] == 'settings', failed


def certificate_of_another_name():
    with SignIn(certificate='other.fabrikam.test') as desk:
        probe = desk.probe()
        failed = probe.wait('state', state='failed')
        assert failed['code'] == 'certificate-untrusted', failed
        assert SERVER in failed['reason'], failed
        assert count(desk.fe, 'challenge') == 0
        assert failed['asked'] == 0, 'a password was asked for before the certificate was accepted'
        probe.send('check')  # another network may have the right one
        probe.wait('state', state='connecting')
        probe.wait('state', state='failed')


def unknown_authority():
    with SignIn() as desk:
        subprocess.run([os.path.join(test_realm.SUPPORT, 'test-certs.sh'), desk.path('strangers')],
                       check=True)
        failed = desk.probe(f'--ca-file={desk.path("strangers", "ca.pem")}').wait('state',
                                                                                state='failed')
        assert failed['code'] == 'certificate-untrusted', failed
        assert SERVER in failed['reason'], failed
        assert count(desk.fe, 'challenge') == 0


def server_without_a_scheme_of_ours():
    with SignIn('--schemes=ntlm') as desk:
        failed = desk.probe('--mechanism=kerberos').wait('state', state='failed')
        assert failed['code'] == 'mechanism-unavailable', failed
        assert 'NTLM' in failed['reason'] and SERVER in failed['reason'], failed


def weak_session_security():
    """A server without 128 bit: 0x20000000 cleared."""
    with SignIn('--schemes=ntlm', '--ntlm-flags=c29ab275') as desk:
        failed = desk.probe().wait('state', state='failed')
        assert failed['code'] == 'mechanism-unavailable', failed
        assert '128' in failed['reason'], failed


def refused_with_diagnostics():
    with SignIn() as desk:
        desk.fe.send('refuse REGISTER 404 1003')
        desk.fe.wait('control', ok=True)
        failed = desk.probe().wait('state', state='failed')
        assert '404' in failed['reason'] and '1003' in failed['reason'], failed


def server_that_trusts_everybody():
    with SignIn(script='expect early REGISTER\nreply unsigned\n200 OK\nExpires: 3600\nend\n') as desk:
        failed = desk.probe().wait('state', state='failed')
        assert failed['code'] == 'mechanism-unavailable', failed
        assert failed['asked'] == 0, failed


# ---------------------------------------------------------------- staying in

def refresh_before_expiry():
    with SignIn('--expires=60') as desk:
        probe = desk.probe()
        probe.wait('state', state='online')
        desk.fe.wait('registered', refresh=False)
        probe.send('hurry 20')
        for _ in range(3):
            desk.fe.wait('registered', refresh=True, signed=True)
        assert count(probe, 'state', state='online') == 1
        assert count(desk.fe, 'authenticated') == 1
        desk.no_violation()


def association_forgotten():
    for scheme in ('ntlm', 'kerberos'):
        with SignIn('--schemes=' + scheme) as desk:
            probe = desk.probe()
            probe.wait('signed-in')
            desk.fe.wait('authenticated')
            # by a refresh
            desk.fe.send('forget')
            desk.fe.wait('control', ok=True)
            probe.send('check')
            probe.wait('renewed')
            desk.fe.wait('authenticated')
            # by another request, which is sent again
            desk.fe.send('forget')
            desk.fe.wait('control', ok=True)
            probe.send('send OPTIONS')
            probe.wait('renewed')
            assert probe.wait('answer', method='OPTIONS')['status'] == 200
            assert count(probe, 'state', state='waiting') == 0
            desk.no_violation()


def association_renewed_before_the_ticket_ends():
    """Tickets of two minutes: a new handshake after one, on the same connection."""
    with SignIn('--schemes=kerberos', realm_env={'REALM_TICKET_LIFE': '2m'}) as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        probe.send('hurry 20')
        probe.wait('renewed')
        assert count(desk.fe, 'connected') == 1
        assert count(desk.fe, 'authenticated') == 2
        desk.no_violation()


def cut_connection():
    with SignIn() as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        desk.fe.send('cut')
        waiting = probe.wait('state', state='waiting')
        assert waiting['code'] == 'unreachable' and SERVER in waiting['reason'], waiting
        wait_out(probe)
        probe.wait('state', state='online')
        probe.wait('signed-in')
        desk.no_violation()


def cut_during_sign_in():
    with SignIn() as desk:
        desk.fe.send('cut-on REGISTER')
        desk.fe.wait('control', ok=True)
        probe = desk.probe()
        probe.wait('state', state='waiting')
        wait_out(probe)
        probe.wait('state', state='online')


def server_comes_back():
    with SignIn() as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        desk.fe.send('listen off')
        desk.fe.wait('control', ok=True)
        desk.fe.send('cut')
        probe.wait('state', state='waiting')
        wait_out(probe)
        probe.wait('state', state='waiting')
        desk.fe.send('listen on')
        wait_out(probe)
        probe.wait('state', state='online')


def garbled_signature_of_the_first_answer():
    with SignIn() as desk:
        desk.fe.send('garble rspauth')
        desk.fe.wait('control', ok=True)
        probe = desk.probe()
        waiting = probe.wait('state', state='waiting')
        assert waiting['code'] in ('protocol-error', 'unreachable'), waiting
        wait_out(probe)
        probe.wait('state', state='online')


def garbled_answers_reach_nothing():
    for what in ('rspauth', 'header', 'unsigned'):
        with SignIn() as desk:
            probe = desk.probe()
            probe.wait('signed-in')
            desk.fe.send('garble ' + what)
            desk.fe.wait('control', ok=True)
            probe.send('send OPTIONS')
            answer = probe.wait('answer', method='OPTIONS')
            assert answer['status'] == 0, (what, answer)


def replayed_request_is_dropped():
    with SignIn() as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        desk.fe.send(f'request alice@{DOMAIN} OPTIONS')
        desk.fe.wait('answered', method='OPTIONS', signed=True)
        desk.fe.send(f'replay alice@{DOMAIN}')
        desk.fe.wait('control', ok=True)
        probe.send('send OPTIONS')  # whatever came before it has been read by now
        probe.wait('answer', method='OPTIONS')
        assert count(desk.fe, 'answered', method='OPTIONS') == 1
        probe.told('received before')


def redirect_to_another_server():
    with SignIn() as desk:
        other = desk.start_front_end()
        desk.fe.send(f'redirect {SERVER}:{other.port}')
        desk.fe.wait('control', ok=True)
        online = desk.probe().wait('state', state='online')
        assert online['server'] == f'{SERVER}:{other.port}', online
        assert count(desk.fe, 'redirected') == 1


def edge_offers_ntlm_alone():
    """outside, a ticket that is there is of no use; the password in the keyring is"""
    with SignIn('--edge', '--schemes=ntlm') as desk:
        desk.kinit()
        online = desk.probe().wait('state', state='online')
        assert online['mechanism'] == 'ntlm' and online['remote'] is True, online
        failed = desk.probe('--mechanism=kerberos', login='', password=None).wait('state', state='failed')
        assert failed['code'] == 'mechanism-unavailable', failed
        desk.no_violation()


def director_to_pool_with_tickets():
    """a ticket for each of the two, and what one server knows of us means nothing to the other"""
    with SignIn('--schemes=kerberos') as desk:
        desk.kinit()
        pool = desk.start_front_end('--schemes=kerberos', '--server=' + POOL, certificate=POOL)
        desk.fe.send(f'redirect {POOL}:{pool.port}')
        desk.fe.wait('control', ok=True)
        probe = desk.probe(login='', password=None)
        online = probe.wait('state', state='online')
        assert online['server'] == f'{POOL}:{pool.port}' and online['mechanism'] == 'kerberos', online
        assert count(desk.fe, 'authenticated', mechanism='Kerberos') == 1
        assert count(pool, 'authenticated', mechanism='Kerberos') == 1
        assert count(desk.fe, 'registered') == 0 and count(pool, 'registered') == 1
        tickets = subprocess.run(['klist'], env=desk.env, capture_output=True, text=True, check=True).stdout
        assert 'sip/' + SERVER in tickets and 'sip/' + POOL in tickets, tickets
        desk.no_violation()


def redirects_in_a_circle():
    with SignIn() as desk:
        other = desk.start_front_end()
        desk.fe.send(f'redirect {SERVER}:{other.port}')
        desk.fe.wait('control', ok=True)
        other.send(f'redirect {SERVER}:{desk.fe.port}')
        other.wait('control', ok=True)
        failed = desk.probe().wait('state', state='failed')
        assert str(other.port) in failed['reason'], failed


def signed_out_by_the_server():
    for word, state, code in (('rejected', 'failed', 'account-refused'),
                              ('unregistered', 'failed', 'not-signed-in'),
                              ('deactivated', 'waiting', 'unreachable')):
        with SignIn() as desk:
            probe = desk.probe()
            probe.wait('signed-in')
            desk.fe.send(f'registration-notify alice@{DOMAIN} {word}')
            left = probe.wait('state', state=state)
            assert left['code'] == code and SERVER in left['reason'], left
            if state == 'waiting':
                wait_out(probe)
                probe.wait('state', state='online')


# ---------------------------------------------------------------- leaving

def sign_out_without_an_answer():
    with SignIn() as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        desk.fe.send('drop REGISTER')
        desk.fe.wait('control', ok=True)
        probe.send('sign-out')
        probe.wait('state', state='offline', deadline=10)
        probe.wait('signed-out')


def sign_out_while_connecting():
    with SignIn() as desk:
        desk.fe.send('delay REGISTER 60000')
        desk.fe.wait('control', ok=True)
        probe = desk.probe()
        probe.wait('state', state='signing-in')
        probe.send('sign-out')
        probe.wait('state', state='offline')
        probe.wait('signed-out')


TESTS = [
    both_schemes_all_versions_both_families,
    ticket_cache_without_a_password,
    no_ticket_and_no_password,
    kerberos_falls_back_to_ntlm,
    kerberos_alone_does_not_fall_back,
    tickets_for_other_services_are_refused,
    no_kdc,
    account_in_another_realm_goes_on_with_ntlm,
    without_the_legacy_provider,
    wrong_password_is_sent_exactly_once,
    wrong_password_at_the_kdc_is_not_shown_to_the_server,
    password_changed_meanwhile,
    account_of_somebody_else,
    unknown_host,
    nobody_listens,
    no_server_in_the_settings,
    certificate_of_another_name,
    unknown_authority,
    server_without_a_scheme_of_ours,
    weak_session_security,
    refused_with_diagnostics,
    server_that_trusts_everybody,
    refresh_before_expiry,
    association_forgotten,
    association_renewed_before_the_ticket_ends,
    cut_connection,
    cut_during_sign_in,
    server_comes_back,
    garbled_signature_of_the_first_answer,
    garbled_answers_reach_nothing,
    replayed_request_is_dropped,
    redirect_to_another_server,
    director_to_pool_with_tickets,
    edge_offers_ntlm_alone,
    redirects_in_a_circle,
    signed_out_by_the_server,
    sign_out_without_an_answer,
    sign_out_while_connecting,
]

test_realm.run([test for test in TESTS if not ONLY or test.__name__ in ONLY])
