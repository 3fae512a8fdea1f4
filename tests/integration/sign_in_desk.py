# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of signing in share: a front end, a realm, and probes that sign in.

A test that imports this is called with BUILD-DIR REGISTRATION-PROBE [TEST...].
"""

import os
import sys

from harness import DEADLINE_S, DOMAIN, PASSWORD, SERVER, Desk

BUILD, PROBE = sys.argv[1:3]
ONLY = sys.argv[3:]


class SignIn(Desk):
    """A front end, a realm and a probe that signs in; everything goes away again."""

    def __init__(self, *front_end, certificate=SERVER, realm_env=None, script=None, wrap=()):
        super().__init__(BUILD)
        self.probes = []
        self.wrap = wrap
        self.front_end_options = list(front_end)
        if script is not None:
            with open(self.path('script'), 'w', encoding='utf-8') as out:
                out.write(script)
            self.front_end_options.append('--script=' + self.path('script'))
        self.certificate = certificate
        self.realm_env = realm_env or {}

    def __enter__(self):
        os.environ.update(self.realm_env)
        self.fe = self.start_front_end(*self.front_end_options, certificate=self.certificate, wrap=self.wrap)
        for name in self.realm_env:
            del os.environ[name]
        return self

    def probe(self, *options, login='FABRIKAM\\alice', password=PASSWORD, server=None, wrap=()):
        command = [*wrap, PROBE, f'--uri=sip:alice@{DOMAIN}', f'--login={login}',
                   f'--server={server or f"{SERVER}:{self.fe.port}"}',
                   f'--ca-file={self.path("certs", "ca.pem")}', *options]
        if password is not None:
            command.append(f'--password={password}')
        peer = self.start_peer('probe', command)
        self.probes.append(peer)
        peer.send('sign-in')
        return peer

    def __exit__(self, *why):
        """Every probe ends by itself and in good order."""
        try:
            for probe in self.probes:
                probe.send('quit')
                status = probe.process.wait(DEADLINE_S)
                assert status == 0, (status, probe.errors[-30:])
        finally:
            super().__exit__(*why)

    def no_violation(self, *besides):
        """Nothing that a client must not do, besides the rules named."""
        violations = [e for e in self.fe.drain()
                      if e['event'] == 'violation' and e['rule'] not in besides]
        assert not violations, violations


def wait_out(probe):
    """A pause between two attempts, quickly; what comes next has its usual time again."""
    probe.send('hurry 50')
    probe.wait('state', state='connecting')
    probe.send('hurry 1')


def count(peer, event, **fields):
    return sum(1 for e in peer.settled() if e['event'] == event and
               all(e.get(k) == v for k, v in fields.items()))
