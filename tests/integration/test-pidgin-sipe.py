#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pidgin-sipe signs in to the fake front end and sees a contact change state.

pidgin-sipe was written by others against real servers, with its own NTLM and its own text to
sign, and it ends the connection when a signature of the server is wrong. So a sign-in that
succeeds here says that the fake front end speaks as a real one does; and the last runs, where the
signatures are wrong, say that the first ones could have failed.

usage: test-pidgin-sipe.py FAKE-FRONT-END SIPE-CLIENT SAX1-LIBRARY
"""

import os
import queue
import subprocess
import sys
import tempfile
import threading

import test_realm
from sip_probe import FrontEnd, TIMEOUT_S

FRONT_END, SIPE, SAX1 = sys.argv[1:4]
PLUGIN_PLACES = ('/usr/lib/purple-2', '/usr/lib/x86_64-linux-gnu/purple-2')

# What pidgin-sipe does and the product must not: it sends no branch with some requests. Real
# servers take that, and so does the fake one.
KNOWN = {'branch-missing'}


class Sipe:
    """One run of the client, in a directory of its own."""

    def __init__(self, fe, scheme, login, password=None):
        self.home = tempfile.TemporaryDirectory(prefix='offhook-sipe-')
        environment = dict(os.environ, LD_PRELOAD=SAX1, HOME=self.home.name)
        # The plug-in and libpurple warn on their own account.
        environment.pop('G_DEBUG', None)
        self.process = subprocess.Popen(
            [SIPE, self.home.name, f'127.0.0.1:{fe.port}', scheme, 'alice@fabrikam.test', login,
             *([password] if password else [])],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True)
        self.lines, self.seen = queue.Queue(), []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())
        self.lines.put(None)

    def wait(self, wanted):
        while True:
            line = self.lines.get(timeout=TIMEOUT_S)
            assert line is not None, f'ended while waiting for "{wanted}" after {self.seen}'
            self.seen.append(line)
            if line == wanted:
                return

    def close(self):
        """Lets it sign out; gives what it printed."""
        if self.process.poll() is None:
            self.process.stdin.close()
        while (line := self.lines.get(timeout=TIMEOUT_S)) is not None:
            self.seen.append(line)
        self.process.wait(timeout=TIMEOUT_S)
        self.home.cleanup()
        return self.seen


def run_through(realm, options, scheme, mechanism, login, password=None):
    """Sign-in, contacts, a state, another state, sign-out."""
    with FrontEnd(FRONT_END, realm.certs, realm.path, '--lenient-mime', *options) as fe:
        client = Sipe(fe, scheme, login, password)
        client.wait('signed-on')
        registered = fe.wait('registered')
        assert registered['mechanism'] == mechanism and registered['signed'], registered
        client.wait('status sip:bob@fabrikam.test available')
        fe.order('presence bob busy on-the-phone')
        client.wait('status sip:bob@fabrikam.test busy')
        fe.order('presence bob away')
        client.wait('status sip:bob@fabrikam.test away')
        lines = client.close()
        assert 'alias sip:bob@fabrikam.test Bob Baker' in lines, lines
        assert not [line for line in lines if line.startswith('error')], lines
        assert fe.wait('deregistered')['reason'] == 'client'
    broken = [event for event in fe.violations() if event['rule'] not in KNOWN]
    assert not broken, broken
    published = {(e['category'], e['container']) for e in fe.log if e['event'] == 'published'}
    assert ('state', 2) in published and ('state', 3) in published, published


@test_realm.test
def ntlm_with_a_password(realm):
    run_through(realm, ['--schemes', 'ntlm'], 'ntlm', 'NTLM', 'FABRIKAM\\alice', 'Passw0rd!')


@test_realm.test
def ntlm_with_signature_version_3(realm):
    run_through(realm, ['--version', '3'], 'ntlm', 'NTLM', 'FABRIKAM\\alice', 'Passw0rd!')


@test_realm.test
def kerberos_with_a_password(realm):
    run_through(realm, [], 'krb5', 'Kerberos', 'alice@FABRIKAM.TEST', 'Passw0rd!')


@test_realm.test
def kerberos_with_the_ticket_cache(realm):
    subprocess.run(['kinit', 'alice'], input='Passw0rd!\n', text=True, check=True,
                   stdout=subprocess.DEVNULL)
    run_through(realm, [], 'krb5', 'Kerberos', 'alice@FABRIKAM.TEST')


@test_realm.test
def automatic_takes_kerberos_when_both_are_offered(realm):
    run_through(realm, [], 'automatic', 'Kerberos', 'alice@FABRIKAM.TEST', 'Passw0rd!')


@test_realm.test
def publications_whose_versions_come_later(realm):
    run_through(realm, ['--self-notify', 'later'], 'ntlm', 'NTLM', 'FABRIKAM\\alice', 'Passw0rd!')


@test_realm.test
def notifications_that_are_answered(realm):
    run_through(realm, ['--no-benotify', '--no-piggyback'], 'ntlm', 'NTLM', 'FABRIKAM\\alice',
                'Passw0rd!')


@test_realm.test
def changes_as_a_list_of_one(realm):
    run_through(realm, ['--notify-multipart'], 'ntlm', 'NTLM', 'FABRIKAM\\alice', 'Passw0rd!')


@test_realm.test
def a_wrong_signature_of_the_server_ends_it(realm):
    for scheme, login in (('ntlm', 'FABRIKAM\\alice'), ('krb5', 'alice@FABRIKAM.TEST')):
        for what in ('rspauth', 'header'):
            with FrontEnd(FRONT_END, realm.certs, realm.path, '--lenient-mime') as fe:
                fe.order(f'garble {what} -1')
                client = Sipe(fe, scheme, login, 'Passw0rd!')
                client.wait('error Invalid message signature received')
                lines = client.close()
                assert 'signed-on' not in lines, lines


@test_realm.test
def a_wrong_password_is_refused(realm):
    with FrontEnd(FRONT_END, realm.certs, realm.path, '--lenient-mime') as fe:
        client = Sipe(fe, 'ntlm', 'FABRIKAM\\alice', 'wrong')
        fe.wait('refused', status=401)
        client.wait('error Authentication failed')
        assert 'signed-on' not in client.close()


if __name__ == '__main__':
    if not any(os.path.exists(f'{place}/libsipe.so') for place in PLUGIN_PLACES):
        test_realm.skip_all('pidgin-sipe is not installed')
    test_realm.run_marked()
