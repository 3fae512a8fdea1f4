#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which scheme signs in, what the other one mends, and how often a password leaves: the registration
against the fake front end with MIT's KDC and gss-ntlmssp.

usage: test-schemes.py BUILD-DIR REGISTRATION-PROBE [TEST...]
"""

import os
import subprocess
import time

import test_realm
from harness import DEADLINE_S, DOMAIN, PASSWORD, SERVER, clock_shift
from sign_in_desk import BUILD, ONLY, SignIn, count

# Every way to write alice, and whether a KDC finds her by it.
FORMS = ['FABRIKAM\\alice', 'FABRIKAM/alice', 'fabrikam.test\\alice', 'alice', 'alice@fabrikam.test',
         'sip:alice@fabrikam.test', 'FABRIKAM.TEST\\alice']
# A user principal name whose suffix is no realm.
ENTERPRISE = 'alice@users.fabrikam.example'


def kdc_refusals(desk):
    """How many wrong passwords the KDC has seen."""
    with open(desk.path('realm', 'kdc.log'), encoding='utf-8') as log:
        return sum(1 for line in log if 'PREAUTH_FAILED' in line)


def kadmin(desk, *commands):
    env = dict(desk.env, KRB5_KDC_PROFILE=desk.path('realm', 'kdc.conf'), PATH=os.environ['PATH'] + ':/usr/sbin')
    subprocess.run(['kadmin.local', '-r', 'FABRIKAM.TEST'], input='\n'.join(commands) + '\n', text=True,
                   check=True, env=env, stdout=subprocess.DEVNULL)


def realm_script(desk, action):
    subprocess.run([os.path.join(test_realm.SUPPORT, 'mit-realm.sh'), action, desk.path('realm')], check=True,
                   stdout=subprocess.DEVNULL, env=dict(os.environ, REALM_HOSTS=SERVER))


# ---------------------------------------------------------------- login forms

def every_form_of_the_login_signs_in():
    with SignIn() as desk:
        for login in FORMS:
            # gss-ntlmssp hashes the domain as its file has it; a real domain does not: test-samba-ad.py
            there = login not in ('alice', 'FABRIKAM.TEST\\alice')
            for mechanism in ('kerberos', 'ntlm') if there else ('kerberos',):
                print(f'# {mechanism} as {login}')
                probe = desk.probe(f'--mechanism={mechanism}', login=login)
                assert probe.wait('state', state='online')['mechanism'] == mechanism, login
                probe.send('sign-out')
                probe.wait('signed-out')
        probe = desk.probe('--mechanism=kerberos', login=ENTERPRISE)
        assert probe.wait('state', state='online')['mechanism'] == 'kerberos'
        assert kdc_refusals(desk) == 0  # so many at once are a violation of their own: not looked at


def wrong_password_leaves_once_in_every_form():
    """With a primary KDC, to which a library likes to go with what another one refused."""
    for schemes in ('kerberos,ntlm', 'ntlm', 'kerberos'):
        with SignIn(f'--schemes={schemes}', realm_env={'REALM_PRIMARY': 'yes'}) as desk:
            for number, login in enumerate([*FORMS, ENTERPRISE], 1):
                probe = desk.probe(login=login, password='wrong')
                failed = probe.wait('state', state='failed')
                assert failed['code'] == 'credentials-rejected', failed
                # nothing more comes by itself; what we ask for afterwards ends all the same
                probe.send('check')
                probe.send('quit')
                assert probe.process.wait(DEADLINE_S) == 0
                desk.probes.remove(probe)
                shown = kdc_refusals(desk) + count(desk.fe, 'refused', mechanism='NTLM')
                assert shown == number, (login, schemes, shown, number)
            assert count(desk.fe, 'authenticated') == 0


def wrong_password_after_a_refused_ticket_leaves_once():
    """The ticket of the cache is alice's, but the server has another key; the password is old."""
    with SignIn() as desk:
        desk.kinit()
        kadmin(desk, f'cpw -randkey sip/{SERVER}')
        failed = desk.probe(password='old').wait('state', state='failed')
        assert failed['code'] == 'credentials-rejected', failed
        assert count(desk.fe, 'refused', mechanism='Kerberos') == 1
        assert count(desk.fe, 'refused', mechanism='NTLM') == 1
        assert kdc_refusals(desk) == 0


def accounts_that_may_not_are_asked_for_once():
    for login, code in (('locked', 'account-refused'), ('gone', 'account-refused'),
                        ('stale', 'password-expired')):
        with SignIn() as desk:
            failed = desk.probe(login=login + '@' + DOMAIN).wait('state', state='failed')
            assert failed['code'] == code, failed
            assert SERVER in failed['reason'] and 'FABRIKAM.TEST' in failed['reason'], failed
            assert count(desk.fe, 'challenge') == 1, 'the server was asked as well'


# ---------------------------------------------------------------- what the other scheme mends

def ticket_refused_by_the_server():
    """Its key is not the one that the KDC knows: the service account was changed."""
    with SignIn() as desk:
        kadmin(desk, f'cpw -randkey sip/{SERVER}')
        assert desk.probe().wait('state', state='online')['mechanism'] == 'ntlm'
        assert count(desk.fe, 'refused', mechanism='Kerberos') == 1
        failed = desk.probe('--mechanism=kerberos', '--epid=abc').wait('state', state='failed')
        assert failed['code'] == 'mechanism-unavailable' and 'ticket' in failed['reason'], failed
        desk.no_violation()


def kdc_gone_from_the_start():
    with SignIn() as desk:
        realm_script(desk, 'stop')
        assert desk.probe().wait('state', state='online')['mechanism'] == 'ntlm'
        desk.no_violation()


def ntlm_that_nobody_may_use():
    """An offer without 128 bit; a ticket needs no key of theirs."""
    with SignIn('--ntlm-flags=c29ab275') as desk:
        desk.kinit()
        assert desk.probe(login='', password=None).wait('state', state='online')['mechanism'] == 'kerberos'


def weak_session_security_is_the_administrators_choice():
    with SignIn('--schemes=ntlm', '--ntlm-flags=c29ab275') as desk:
        failed = desk.probe().wait('state', state='failed')
        assert failed['code'] == 'mechanism-unavailable', failed
        assert '128-bit' in failed['reason'] and SERVER in failed['reason'], failed
        assert count(desk.fe, 'refused') == 0, 'something was sent'
        probe = desk.probe('--allow-56-bit', '--epid=abc')
        assert probe.wait('state', state='online')['mechanism'] == 'ntlm'
        probe.wait('signed-in')
        probe.send('send OPTIONS')  # signed with the shorter key, both ways
        assert probe.wait('answer', method='OPTIONS')['status'] == 200
        desk.no_violation()


def extended_protection():
    with SignIn('--schemes=ntlm') as desk:
        probe = desk.probe('--extended-protection')
        assert probe.wait('state', state='online')['mechanism'] == 'ntlm'
        desk.no_violation()


def policy_fixes_the_scheme():
    with SignIn() as desk:
        desk.kinit()  # a ticket that could be used
        assert desk.probe('--mechanism=ntlm').wait('state', state='online')['mechanism'] == 'ntlm'
        assert count(desk.fe, 'authenticated', mechanism='Kerberos') == 0


def names_of_other_services_are_passed_over():
    for target in ('http/' + SERVER, 'cifs/' + SERVER, SERVER, 'sip/127.0.0.1'):
        with SignIn('--kerberos-target=' + target) as desk:
            desk.kinit()
            probe = desk.probe()
            assert probe.wait('state', state='online')['mechanism'] == 'ntlm'
            probe.told('security', target)


# ---------------------------------------------------------------- clocks

def server_ten_minutes_ahead():
    """The server refuses the ticket for its clock; NTLM has fifteen minutes."""
    with SignIn(wrap=clock_shift(BUILD, 600)) as desk:
        assert desk.probe().wait('state', state='online')['mechanism'] == 'ntlm'
        assert count(desk.fe, 'refused', mechanism='Kerberos') == 1
        waiting = desk.probe('--mechanism=kerberos', '--epid=abc').wait('state', state='waiting')
        assert waiting['code'] == 'clock-skew', waiting
        seconds = [int(word) for word in waiting['reason'].split() if word.isdigit()]
        assert len(seconds) == 1 and 590 <= seconds[0] <= 600 + DEADLINE_S, waiting


def own_clock_ten_minutes_ahead():
    """KDC and server agree, this computer does not: the library goes by the KDC's clock."""
    with SignIn() as desk:
        probe = desk.probe(wrap=clock_shift(BUILD, 600))
        assert probe.wait('state', state='online')['mechanism'] == 'kerberos'
        probe.told('s ahead of ours')
        desk.no_violation()


# ---------------------------------------------------------------- tickets

def await_expiry(desk):
    """There is no event for it; klist -s asks the library that will be asked afterwards."""
    end = time.monotonic() + DEADLINE_S
    while subprocess.run(['klist', '-s'], env=desk.env, check=False).returncode == 0:
        assert time.monotonic() < end
        time.sleep(0.1)


def kinit(desk, *options):
    subprocess.run(['kinit', *options, 'alice'], input=PASSWORD + '\n', text=True, check=True, env=desk.env,
                   stdout=subprocess.DEVNULL)


def expired_ticket():
    with SignIn() as desk:
        kinit(desk, '-l', '1s')
        await_expiry(desk)
        # without a password: the user is told, and a fresh ticket is taken up
        probe = desk.probe('--mechanism=kerberos', login='', password=None)
        waiting = probe.wait('state', state='waiting')
        assert waiting['code'] == 'ticket-missing' and SERVER in waiting['reason'], waiting
        kinit(desk)
        probe.send('check')
        assert probe.wait('state', state='online')['mechanism'] == 'kerberos'
        # with one: it gets a ticket of its own, and the user's cache stays as it is
        kinit(desk, '-l', '1s')
        await_expiry(desk)
        second = desk.probe('--epid=abc', login='alice@' + DOMAIN)
        assert second.wait('state', state='online')['mechanism'] == 'kerberos'
        assert subprocess.run(['klist', '-s'], env=desk.env, check=False).returncode != 0
        desk.no_violation()


def renewed_ticket():
    """The desktop renews its ticket meanwhile; the next handshake is made with the new one."""
    with SignIn('--schemes=kerberos') as desk:
        kinit(desk, '-l', '2m', '-r', '1h')
        probe = desk.probe(login='', password=None)
        probe.wait('signed-in')
        subprocess.run(['kinit', '-R'], check=True, env=desk.env)
        probe.send('hurry 20')
        probe.wait('renewed')
        assert count(desk.fe, 'connected') == 1
        assert count(desk.fe, 'authenticated') == 2
        desk.no_violation()


def kdc_gone_while_signed_in():
    with SignIn() as desk:
        probe = desk.probe()
        assert probe.wait('state', state='online')['mechanism'] == 'kerberos'
        probe.wait('signed-in')
        realm_script(desk, 'stop')
        probe.send('send OPTIONS')  # signatures need no KDC
        assert probe.wait('answer', method='OPTIONS')['status'] == 200
        desk.fe.send('forget')  # but a new handshake does: NTLM
        probe.send('check')
        desk.fe.wait('authenticated', mechanism='NTLM')
        probe.wait('renewed')
        probe.send('send OPTIONS')
        assert probe.wait('answer', method='OPTIONS')['status'] == 200
        assert count(probe, 'state', state='waiting') == 0, 'it was left meanwhile'
        desk.no_violation()


def kdc_gone_while_signed_in_with_kerberos_alone():
    with SignIn('--schemes=kerberos') as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        realm_script(desk, 'stop')
        desk.fe.send('forget')
        probe.send('check')
        waiting = probe.wait('state', state='waiting')
        assert waiting['code'] == 'unreachable' and SERVER in waiting['reason'], waiting
        realm_script(desk, 'start')
        probe.send('check')
        assert probe.wait('state', state='online')['mechanism'] == 'kerberos'


def old_ciphers():
    with SignIn('--schemes=kerberos', realm_env={'REALM_ENCTYPES': 'arcfour-hmac:normal',
                                                 'REALM_SESSION': 'arcfour-hmac'}) as desk:
        probe = desk.probe()
        probe.wait('signed-in')
        probe.send('send OPTIONS')
        assert probe.wait('answer', method='OPTIONS')['status'] == 200
        desk.no_violation()


TESTS = [
    every_form_of_the_login_signs_in,
    wrong_password_leaves_once_in_every_form,
    wrong_password_after_a_refused_ticket_leaves_once,
    accounts_that_may_not_are_asked_for_once,
    ticket_refused_by_the_server,
    kdc_gone_from_the_start,
    ntlm_that_nobody_may_use,
    weak_session_security_is_the_administrators_choice,
    extended_protection,
    policy_fixes_the_scheme,
    names_of_other_services_are_passed_over,
    server_ten_minutes_ahead,
    own_clock_ten_minutes_ahead,
    expired_ticket,
    renewed_ticket,
    kdc_gone_while_signed_in,
    kdc_gone_while_signed_in_with_kerberos_alone,
    old_ciphers,
]

test_realm.run([test for test in TESTS if not ONLY or test.__name__ in ONLY])
