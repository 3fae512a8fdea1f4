# SPDX-License-Identifier: GPL-3.0-or-later
"""What integration tests share: a realm and certificates of their own, and TAP."""

import os
import subprocess
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
SUPPORT = os.path.join(HERE, '..', 'support')


class Realm:
    """KDC, keytab, NTLM users and certificates in a directory that goes away again."""

    def __init__(self, **settings):
        self.settings, self.before = settings, {}

    def __enter__(self):
        self.holder = tempfile.TemporaryDirectory(prefix='offhook-realm-')
        self.path = os.path.join(self.holder.name, 'realm')
        self.certs = os.path.join(self.holder.name, 'certs')
        subprocess.run([f'{SUPPORT}/test-certs.sh', self.certs], check=True)
        subprocess.run([f'{SUPPORT}/mit-realm.sh', 'start', self.path], check=True,
                       stdout=subprocess.DEVNULL, env=dict(os.environ, **self.settings))
        self._set('KRB5_CONFIG', f'{self.path}/krb5.conf')
        self._set('KRB5CCNAME', f'FILE:{self.path}/ccache')
        return self

    def _set(self, name, value):
        self.before[name] = os.environ.get(name)
        os.environ[name] = value

    def __exit__(self, *_):
        for name, value in self.before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        subprocess.run([f'{SUPPORT}/mit-realm.sh', 'stop', self.path], check=True)
        self.holder.cleanup()


TESTS = []


def test(function):
    """Marks a function of a realm as a test; they run in the order of the file."""
    TESTS.append(function)
    return function


def skip_all(reason):
    print(f'1..0 # SKIP {reason}')
    sys.exit(0)


def run_marked():
    """Runs the marked functions in one realm."""
    with Realm() as realm:
        run(TESTS, realm)


def run(tests, *arguments):
    """Runs each function, prints TAP, ends with 1 when one failed."""
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, function in enumerate(tests, 1):
        title = function.__name__.replace('_', ' ')
        try:
            function(*arguments)
            print(f'ok {number} - {title}', flush=True)
        except Exception:  # whatever it was, the next test still runs
            failed += 1
            print(f'not ok {number} - {title}')
            for line in traceback.format_exc().splitlines():
                print(f'# {line}', flush=True)
    sys.exit(1 if failed else 0)
