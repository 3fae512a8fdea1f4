#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in with the accounts of an Active Directory: Samba's domain controller issues the tickets,
answers the DNS queries, and checks NTLM responses through winbind. Needs root: the domain lives in
namespaces of its own (tests/support/ad-realm.sh).

usage: test-samba-ad.py BUILD-DIR REGISTRATION-PROBE [TEST...]
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import test_realm
from harness import DEADLINE_S, DOMAIN, PASSWORD, Desk, clock_shift

BUILD, PROBE = (os.path.abspath(path) for path in sys.argv[1:3])  # nsenter goes to "/"
ONLY = sys.argv[3:]
SCRIPT = os.path.join(test_realm.SUPPORT, 'ad-realm.sh')
REALM = os.environ.get('OH_AD_REALM')  # set within its namespaces
ADDRESS = '10.99.0.1'

FORMS = ['FABRIKAM\\alice', 'fabrikam\\ALICE', 'FABRIKAM/alice', 'fabrikam.test\\alice',
         'FABRIKAM.TEST\\alice', 'alice', 'alice@fabrikam.test', 'sip:alice@fabrikam.test']

PEOPLE = r"""
[alice@fabrikam.test]
[koenig@fabrikam.test]
logins=FABRIKAM\\könig;FABRIKAM\\KÖNIG;könig@FABRIKAM.TEST;\\könig@fabrikam.test
[aberg@fabrikam.test]
logins=FABRIKAM\\aberg;aberg@FABRIKAM.TEST;\\anna.berg@mail.example;anna.berg\\@mail.example@FABRIKAM.TEST
[locked@fabrikam.test]
[disabled@fabrikam.test]
[expired@fabrikam.test]
[mustchange@fabrikam.test]
"""


class Domain(Desk):
    """A front end that is a member of the domain, and probes that sign in there."""

    def __init__(self, *front_end, server='fe1.fabrikam.test', port=0):
        super().__init__(BUILD)
        self.options, self.server, self.port, self.probes = front_end, server, port, []
        self.env.update(KRB5_CONFIG=os.path.join(REALM, 'krb5.conf'), KRB5CCNAME='FILE:' + self.path('ccache'))

    def __enter__(self):
        self.make_certificates(self.server)
        with open(self.path('people'), 'w', encoding='utf-8') as out:
            out.write(PEOPLE)
        with open(self.path('nobody'), 'w', encoding='utf-8'):
            pass  # no passwords at the front end: gss-ntlmssp asks winbind
        self.fe = self.start_peer('front end', [
            os.path.join(BUILD, 'tests/fake-front-end/fake-front-end'), '--address=' + ADDRESS,
            f'--port={self.port}', '--server=' + self.server, '--domain=' + DOMAIN,
            '--certificate=' + self.path('certs', self.server + '.pem'),
            '--keytab=' + os.path.join(REALM, 'sip.keytab'), '--ntlm-users=' + self.path('nobody'),
            '--people=' + self.path('people'), *self.options])
        self.fe.port = self.fe.wait('listening')['port']
        return self

    def probe(self, *options, login, user='alice', password=PASSWORD, wrap=()):
        peer = self.start_peer('probe', [
            *wrap, PROBE, f'--uri=sip:{user}@{DOMAIN}', f'--login={login}',
            f'--server={self.server}:{self.fe.port}', '--ca-file=' + self.path('certs', 'ca.pem'), *options,
            *([f'--password={password}'] if password is not None else [])])
        self.probes.append(peer)
        peer.send('sign-in')
        return peer

    def leave(self, probe):
        """Ends it in good order."""
        probe.send('quit')
        status = probe.process.wait(DEADLINE_S)
        assert status == 0, (status, probe.errors[-30:])
        self.probes.remove(probe)

    def signs_in(self, mechanism, **account):
        """Signs in and proves the keys of both ends with a request; the scheme is that one."""
        probe = self.probe(*([] if mechanism == 'auto' else ['--mechanism=' + mechanism]), **account)
        online = probe.wait('state', state='online')
        probe.wait('signed-in')
        probe.send('send OPTIONS')
        assert probe.wait('answer', method='OPTIONS')['status'] == 200
        self.leave(probe)
        return online['mechanism']

    def fails(self, *options, state='failed', **account):
        probe = self.probe(*options, **account)
        failed = probe.wait('state', state=state)
        self.leave(probe)
        return failed

    def kinit(self, *arguments, password=PASSWORD):
        return subprocess.run(['kinit', *arguments], input=password + '\n', text=True, env=self.env,
                              capture_output=True, check=False).returncode == 0

    def refusals(self):
        return sum(1 for event in self.fe.drain() if event['event'] == 'refused')

    def __exit__(self, *why):
        for probe in list(self.probes):
            self.leave(probe)
        super().__exit__(*why)


def attribute(user, name):
    """What the directory says of a user, 0 for nothing."""
    done = subprocess.run(['ldbsearch', '-H', os.path.join(REALM, 'private', 'sam.ldb'),
                           f'(sAMAccountName={user})', name], capture_output=True, text=True, check=True)
    found = re.search(rf'^{name}: (\d+)$', done.stdout, re.M)
    return int(found.group(1)) if found else 0


# ---------------------------------------------------------------- who gets in

def every_form_of_the_login_with_both_schemes():
    with Domain() as desk:
        for login in FORMS:
            for mechanism in ('kerberos', 'ntlm'):
                if mechanism == 'kerberos' and login == 'fabrikam\\ALICE':
                    continue  # a principal's case counts for the ticket's owner at the front end
                assert desk.signs_in(mechanism, login=login) == mechanism, login
        assert desk.refusals() == 0
        assert attribute('alice', 'badPwdCount') == 0


def letters_outside_ascii():
    with Domain() as desk:
        for mechanism, login in (('ntlm', 'FABRIKAM\\könig'), ('ntlm', 'FABRIKAM\\KÖNIG'),
                                 ('ntlm', 'könig@fabrikam.test'), ('kerberos', 'FABRIKAM\\könig'),
                                 ('kerberos', 'könig@fabrikam.test')):
            account = {'login': login, 'user': 'koenig', 'password': 'Pässw0rd!1'}
            assert desk.signs_in(mechanism, **account) == mechanism, login
        assert desk.refusals() == 0


def principal_name_whose_suffix_is_no_realm():
    """anna.berg@mail.example is the account aberg. Its KDC knows, its NTLM does not (Windows does):
    the user is told of the other form, and that one works."""
    with Domain() as desk:
        account = {'login': 'anna.berg@mail.example', 'user': 'aberg'}
        assert desk.signs_in('auto', **account) == 'kerberos'
        failed = desk.fails('--mechanism=ntlm', **account)
        assert failed['code'] == 'credentials-rejected' and 'DOMAIN\\user' in failed['reason'], failed
        assert desk.refusals() == 1
        assert desk.signs_in('ntlm', login='FABRIKAM\\aberg', user='aberg') == 'ntlm'
        # her ticket, by that name, is better than an old password
        assert desk.kinit('-E', 'anna.berg@mail.example')
        assert desk.signs_in('kerberos', **account, password='an old one') == 'kerberos'
        # and nobody needs to be named at all
        assert desk.signs_in('kerberos', login='', user='aberg', password=None) == 'kerberos'
        assert attribute('aberg', 'badPwdCount') == 0
        assert desk.refusals() == 1


def old_service_account_with_rc4():
    with Domain(server='fe2.fabrikam.test') as desk:
        assert desk.kinit('alice')
        assert desk.signs_in('kerberos', login='', password=None) == 'kerberos'
        tickets = subprocess.run(['klist', '-e'], env=desk.env, capture_output=True, text=True, check=True).stdout
        service = tickets[tickets.index('sip/fe2.fabrikam.test'):]
        assert 'arcfour' in service, tickets


def service_that_the_domain_does_not_know():
    with Domain('--kerberos-target=sip/fe9.fabrikam.test') as desk:
        assert desk.signs_in('auto', login='FABRIKAM\\alice') == 'ntlm'
        failed = desk.fails('--mechanism=kerberos', login='FABRIKAM\\alice')
        assert failed['code'] == 'mechanism-unavailable' and 'fe9.fabrikam.test' in failed['reason'], failed


def session_security_against_a_real_domain():
    with Domain('--schemes=ntlm', '--ntlm-flags=c29ab275') as desk:
        failed = desk.fails(login='FABRIKAM\\alice')
        assert failed['code'] == 'mechanism-unavailable' and '128-bit' in failed['reason'], failed
        assert desk.refusals() == 0
        probe = desk.probe('--allow-56-bit', login='FABRIKAM\\alice')
        assert probe.wait('state', state='online')['mechanism'] == 'ntlm'
    with Domain('--schemes=ntlm') as desk:
        probe = desk.probe('--extended-protection', login='FABRIKAM\\alice')
        assert probe.wait('state', state='online')['mechanism'] == 'ntlm'


def own_clock_ten_minutes_ahead():
    with Domain() as desk:
        probe = desk.probe(login='alice@fabrikam.test', wrap=clock_shift(BUILD, 600))
        assert probe.wait('state', state='online')['mechanism'] == 'kerberos'


def ticket_that_ends_and_one_renewed():
    """Without a password an ended ticket is waited for; a fresh one is taken up, and its renewal too."""
    with Domain('--schemes=kerberos') as desk:
        assert desk.kinit('-l', '1s', 'alice')
        end = time.monotonic() + DEADLINE_S
        while subprocess.run(['klist', '-s'], env=desk.env, check=False).returncode == 0:
            assert time.monotonic() < end
            time.sleep(0.1)  # there is no event for it
        probe = desk.probe('--mechanism=kerberos', login='', password=None)
        waiting = probe.wait('state', state='waiting')
        assert waiting['code'] == 'ticket-missing', waiting
        assert desk.kinit('-l', '6m', '-r', '1h', 'alice')
        probe.send('check')
        probe.wait('signed-in')
        assert subprocess.run(['kinit', '-R'], env=desk.env, check=False).returncode == 0
        probe.send('hurry 20')
        probe.wait('renewed')
        assert desk.refusals() == 0


def kdc_gone_while_signed_in():
    """As seen from here: nothing listens where the KDC is said to be. Signatures need none, a new
    handshake goes on with NTLM, which the front end has checked by itself."""
    with Domain() as desk:
        desk.env['KRB5_CONFIG'] = shutil.copy(os.path.join(REALM, 'krb5.conf'), desk.path('krb5.conf'))
        probe = desk.probe(login='FABRIKAM\\alice')
        assert probe.wait('state', state='online')['mechanism'] == 'kerberos'
        probe.wait('signed-in')
        with open(desk.path('krb5.conf'), 'a', encoding='utf-8') as out:
            out.write('[realms]\n  FABRIKAM.TEST = {\n    kdc = 127.0.0.1:1\n  }\n')
        probe.send('send OPTIONS')
        assert probe.wait('answer', method='OPTIONS')['status'] == 200
        desk.fe.send('forget')
        probe.send('check')
        desk.fe.wait('authenticated', mechanism='NTLM')
        probe.wait('renewed')
        probe.send('send OPTIONS')
        assert probe.wait('answer', method='OPTIONS')['status'] == 200
        assert desk.refusals() == 0


# ---------------------------------------------------------------- who does not

def wrong_password_counts_once():
    """In every form, with both schemes on offer and with NTLM alone."""
    for schemes in ('kerberos,ntlm', 'ntlm', 'kerberos'):
        with Domain('--schemes=' + schemes) as desk:
            for login in FORMS:
                assert desk.kinit('alice'), 'which takes the count back to 0'
                os.unlink(desk.path('ccache'))
                assert attribute('alice', 'badPwdCount') == 0
                before = desk.refusals()
                failed = desk.fails(login=login, password='wrong')
                assert failed['code'] == 'credentials-rejected', failed
                assert desk.refusals() - before == (1 if schemes == 'ntlm' else 0), (login, schemes)
                # winbind looks a principal name up by itself, and a wrong password with one goes
                # uncounted
                uncounted = schemes == 'ntlm' and '@' in login
                assert attribute('alice', 'badPwdCount') == (0 if uncounted else 1), (login, schemes)
    with Domain() as desk:
        assert desk.kinit('alice')


def accounts_that_may_not():
    """A KDC says why; a front end with NTLM does not, and neither is asked after the other."""
    with Domain() as desk:
        for _ in range(3):
            assert not desk.kinit('locked', password='wrong')
        assert attribute('locked', 'lockoutTime') > 0
        for user, code in (('locked', 'account-refused'), ('disabled', 'account-refused'),
                           ('expired', 'account-refused'), ('mustchange', 'password-expired')):
            before, refused = attribute(user, 'badPwdCount'), desk.refusals()
            failed = desk.fails(user=user, login=f'{user}@fabrikam.test')
            assert failed['code'] == code, failed
            assert 'fe1.fabrikam.test' in failed['reason'] and 'FABRIKAM.TEST' in failed['reason'], failed
            assert desk.refusals() == refused, 'the server was asked as well'
            failed = desk.fails('--mechanism=ntlm', user=user, login='FABRIKAM\\' + user)
            assert failed['code'] == 'credentials-rejected', failed
            assert attribute(user, 'badPwdCount') == before, user


# ---------------------------------------------------------------- the whole agent

def from_the_address_alone():
    """No server, no login: Samba's DNS names the front end, the stored password gets a ticket. Then
    a wrong one: the user is asked, and whatever happens it is not sent again by itself."""
    with Domain(port=5061) as desk:
        desk.start_bus()
        desk.set('ca-file', f"'{desk.path('certs', 'ca.pem')}'")
        desk.expect(0, 'password', 'sign-in', stdin=PASSWORD + '\n')
        desk.set('uri', "'sip:alice@fabrikam.test'")
        online = desk.wait_status('online', lambda s: s['endpoint']['state'] == 'online')['endpoint']
        assert online['mechanism'] == 'kerberos' and online['server'] == 'fe1.fabrikam.test:5061', online
        desk.expect(0, 'sign-out')
        assert desk.kinit('alice')
        os.unlink(desk.path('ccache'))
        desk.cli('password', 'sign-in', stdin='wrong\n')
        assert desk.cli('sign-in').returncode == 3
        for _ in range(5):
            assert desk.cli('sign-in').returncode == 3
        failed = desk.status()['endpoint']
        assert failed['state'] == 'failed' and 'password' in failed['advice'], failed
        assert attribute('alice', 'badPwdCount') == 1
        desk.expect(0, 'password', 'sign-in', stdin=PASSWORD + '\n')
        desk.wait_status('online', lambda s: s['endpoint']['state'] == 'online')
        assert attribute('alice', 'badPwdCount') == 0


def directory_with_the_ticket():
    """The domain's own directory, found by DNS, asked with the ticket and sealed by its key."""
    with Domain(port=5061) as desk:
        desk.start_bus()
        desk.set('ca-file', f"'{desk.path('certs', 'ca.pem')}'")
        desk.set('directory-server', "'auto'")
        desk.set('uri', "'sip:alice@fabrikam.test'")
        refused = desk.cli('contacts', 'robert')
        assert refused.returncode == 3 and 'ticket' in refused.stderr.lower(), refused.stderr
        assert desk.kinit('alice')
        desk.expect(0, 'sign-in')

        def found(query):
            return [p['name'] for p in json.loads(desk.expect(0, 'contacts', query, '--json').stdout) if p['directory']]

        desk.wait_status('asked again', lambda _: desk.cli('contacts', 'robert').returncode == 0)
        for query in ('robert', 'bäck rob', '4711', '030 398-4711', '+49 (0)30 3984711', 'bob@fab'):
            assert found(query) == ['Bäcker, Robert'], (query, found(query))
        assert found('*') == [] and found('nobody at all') == []
        finding = [f for f in json.loads(desk.cli('doctor', '--json').stdout) if f['code'] == 'directory-answers'][0]
        for words in ('dc1.fabrikam.test:389', 'Active Directory', 'ticket', 'sealed', 'own entry was found'):
            assert words in finding['cause'], finding
        own = subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.offhook.Agent', '--object-path',
                              '/org/offhook/Agent', '--method', 'org.freedesktop.DBus.Properties.Get',
                              'org.offhook.Directory1', 'OwnIpPhone'], env=desk.env, capture_output=True, text=True,
                             check=True)
        assert 'snom-alice' in own.stdout, own.stdout


TESTS = [
    directory_with_the_ticket,
    every_form_of_the_login_with_both_schemes,
    letters_outside_ascii,
    principal_name_whose_suffix_is_no_realm,
    old_service_account_with_rc4,
    service_that_the_domain_does_not_know,
    session_security_against_a_real_domain,
    own_clock_ten_minutes_ahead,
    ticket_that_ends_and_one_renewed,
    kdc_gone_while_signed_in,
    wrong_password_counts_once,
    accounts_that_may_not,
    from_the_address_alone,
]


def in_a_domain():
    """Makes the domain and runs this program in it."""
    folder = tempfile.mkdtemp(prefix='offhook-ad-')
    try:
        subprocess.run([SCRIPT, 'start', folder], check=True)
        try:
            return subprocess.run([SCRIPT, 'enter', folder, sys.executable, os.path.abspath(__file__), BUILD, PROBE, *ONLY],
                                  env=dict(os.environ, OH_AD_REALM=folder), check=False).returncode
        finally:
            subprocess.run([SCRIPT, 'stop', folder], check=True)
    finally:
        if not os.environ.get('OH_KEEP'):
            shutil.rmtree(folder, ignore_errors=True)


if REALM is None:
    sys.exit(in_a_domain())
test_realm.run([test for test in TESTS if not ONLY or test.__name__ in ONLY])
