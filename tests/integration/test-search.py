#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding people: the contact list and a real slapd beyond it, over the real bus.

usage: test-search.py contacts|directory|kerberos|limits|slow [TEST...]
"""

import json
import os
import socket
import subprocess
import sys
import threading

from directory_server import BASE, PEOPLE, Directory, Relay, Silent
from gi.repository import Gio, GLib
from harness import BUILD, DEADLINE_S, PASSWORD, SERVER, Desk, Failure, run

TOPIC = sys.argv[1]
ONLY = sys.argv[2:]


class Client:
    """A program on the bus that searches: every answer and signal as it came."""

    def __init__(self, desk):
        self.context = GLib.MainContext()
        self.context.push_thread_default()
        self.bus = Gio.DBusConnection.new_for_address_sync(
            desk.env['DBUS_SESSION_BUS_ADDRESS'],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.signals = []
        self.bus.signal_subscribe('org.offhook.Agent', 'org.offhook.Directory1', None, '/org/offhook/Agent', None,
                                  Gio.DBusSignalFlags.NONE, self.on_signal)
        self.context.pop_thread_default()

    def on_signal(self, _bus, _sender, _path, _interface, name, parameters):
        self.signals.append((name, *parameters.unpack()))

    def call(self, method, *arguments, signature, answer):
        done = self.bus.call_sync('org.offhook.Agent', '/org/offhook/Agent', 'org.offhook.Directory1', method,
                                  GLib.Variant(signature, arguments), GLib.VariantType(answer) if answer else None,
                                  Gio.DBusCallFlags.NONE, int(DEADLINE_S * 1000), None)
        return done.unpack() if answer else None

    def search(self, query, **options):
        kinds = {'limit': 'u', 'directory': 'b'}
        packed = {name: GLib.Variant(kinds[name], value) for name, value in options.items()}
        return self.call('Search', query, packed, signature='(sa{sv})', answer='(uasub)')

    def cancel(self, number):
        self.call('Cancel', number, signature='(u)', answer=None)

    def finished(self, number):
        """Waits for the end of that search; (people, more, code)."""
        alarm = GLib.timeout_source_new(int(DEADLINE_S * 1000))
        late = []
        alarm.set_callback(lambda *_: late.append(True))
        alarm.attach(self.context)
        while not late:
            for name, which, *rest in self.signals:
                if name == 'Finished' and which == number:
                    alarm.destroy()
                    people = [p for n, i, *r in self.signals if n == 'Found' and i == number for p in r[0]]
                    return people, rest[0], rest[1]
            self.context.iteration(True)
        raise Failure(f'search {number} never finished: {self.signals}')

    def close(self):
        self.bus.close_sync(None)


def offers(desk, url, **settings):
    """The directory that is set up; returns when the agent knows."""
    for key, value in {**settings, 'directory-server': url}.items():
        desk.set(key, GLib.Variant('s', value).print_(False))


def start(desk, directory=None, url=None, **settings):
    if directory is not None:
        desk.set('ca-file', "'%s'" % desk.path('certs', 'ca.pem'))
        offers(desk, url or f'ldap://{SERVER}:{directory.port}', **settings)
    desk.start_bus()


def names(desk, *arguments, status=0):
    """Who is found: names, those of the directory with a "+"."""
    done = desk.expect(status, 'contacts', *arguments, '--json')
    return [('+' if p['directory'] else '') + p['name'] for p in json.loads(done.stdout)]


def wait_names(desk):
    """Everybody, once the cards have arrived with their names."""
    seen = []

    def all_there(_status):
        seen[:] = names(desk)
        return {'Bob Baker', 'Søren Ægir', 'Anna Schulz', 'Müller, Jörg'} <= set(seen)

    desk.wait_status('contacts with names', all_there)
    return seen


# ---------------------------------------------------------------- contacts

CONTACTS = """
[alice@fabrikam.test]
name=Alice Archer
contacts=bob@fabrikam.test|Team;mueller@fabrikam.test;schulz@fabrikam.test;soren@fabrikam.test
[bob@fabrikam.test]
name=Bob Baker
work=+49 30 398 4711|tel:+49303984711
mobile=+49 170 1234567|tel:+491701234567
[mueller@fabrikam.test]
name=Müller, Jörg
work=+49 30 398815|tel:+4930398815
[schulz@fabrikam.test]
name=Anna Schulz
[soren@fabrikam.test]
name=Søren Ægir
"""


def front_end_with_people(desk):
    with open(desk.path('people'), 'w', encoding='utf-8') as out:
        out.write(CONTACTS)
    fe = desk.start_front_end('--people=' + desk.path('people'))
    desk.set_account(fe)
    return fe


def contacts_by_name_number_and_address():
    with Desk() as desk:
        front_end_with_people(desk)
        desk.kinit()
        desk.start_bus()
        desk.expect(0, 'sign-in')
        everybody = wait_names(desk)
        client = Client(desk)
        for query, found in (('bob', 'bob'), ('BAKER', 'bob'), ('ba bo', 'bob'), ('mueller', 'mueller'),
                             ('muller jo', 'mueller'), ('jörg', 'mueller'), ('soeren aegir', 'soren'),
                             ('soren', 'soren'), ('4711', 'bob'), ('030 398-4711', 'bob'),
                             ('+49 (0)30 398 4711', 'bob'), ('0049170', 'bob'), ('schulz@fab', 'schulz'),
                             ('anna', 'schulz')):
            _, uris, total, directory = client.search(query)
            assert uris == [f'sip:{found}@fabrikam.test'], (query, uris)
            assert total == 1 and not directory
        assert client.search('nobody at all')[1] == []
        _, uris, total, _ = client.search('', limit=1)
        assert len(uris) == 1 and total == len(everybody), (uris, total)
        assert client.signals == [], client.signals
        assert names(desk, 'mue') == ['Müller, Jörg']
        client.close()


# ---------------------------------------------------------------- the directory

def found_in_the_directory():
    with Desk() as desk:
        desk.make_certificates(SERVER)
        with Directory(desk) as directory:
            start(desk, directory)
            assert names(desk, 'dora') == ['+Dean, Dora']
            assert names(desk, 'dora', '--local') == []
            dora = json.loads(desk.expect(0, 'contacts', '3984711', '--json').stdout)[0]
            assert dora['uri'] == 'sip:dora@fabrikam.test' and dora['title'] == 'Buyer', dora
            assert [(n['type'], n['number']) for n in dora['numbers']] == [
                ('work', '+49303984711'), ('work', '4711'), ('mobile', '+491701234567'), ('home', '030555'),
                ('other', '+493039899')], dora
            assert names(desk, 'schulz') == ['+Anna Schulz (Berlin)']
            assert names(desk, 'müll') == ['+Müller, Jörg']
            assert names(desk, '*)(uid=*') == []
            assert names(desk, 'd') == []  # too little to ask for
            text = desk.expect(0, 'contacts', 'dora').stdout
            assert 'directory' in text and '+49 30 398 4711' in text, text
            # in the clear nothing was asked but what the server is
            assert directory.count('STARTTLS') >= 1 and directory.count('BIND') == 0
            assert directory.count('ACCEPT') == 1, 'one link for all'


def secure_from_the_first_octet():
    with Desk() as desk:
        desk.make_certificates(SERVER)
        with Directory(desk) as directory:
            start(desk, directory, f'ldaps://{SERVER}:{directory.tls_port}/ou=People,{BASE}')
            assert names(desk, 'dora') == ['+Dean, Dora']
            assert directory.count('STARTTLS') == 0
            directory.wait_log('base="ou=People,' + BASE)
            offers(desk, f'ldaps://{SERVER}:{directory.tls_port}', **{'directory-filter': '(department=Purchase)'})
            assert names(desk, '030 398') == ['+Dean, Dora']


def certificates_that_are_not_accepted():
    with Desk() as desk:
        desk.make_certificates(SERVER + '=other.fabrikam.test')
        with Directory(desk) as directory:
            start(desk, directory)
            for url in (f'ldap://{SERVER}:{directory.port}', f'ldaps://{SERVER}:{directory.tls_port}'):
                offers(desk, url)
                done = desk.expect(5, 'contacts', 'dora')
                assert 'certificate' in done.stderr, done.stderr
            desk.set('ca-file', "''")  # nobody vouches for it
            desk.expect(5, 'contacts', 'dora')
            assert directory.count('SRCH base="dc') == 0, 'nothing was searched'


def settings_that_cannot_be_used():
    with Desk() as desk:
        desk.make_certificates(SERVER)
        with Directory(desk) as directory:
            start(desk, directory, **{'directory-base': 'dc=elsewhere'})
            done = desk.expect(1, 'contacts', 'dora')
            assert 'directory-base' in done.stderr, done.stderr
            offers(desk, 'http://nonsense', **{'directory-base': ''})
            client = Client(desk)
            assert client.search('dora')[3] is False  # off, and the log says why
            client.close()
            assert 'directory-server' in desk.agent_log()


def contacts_and_directory_are_one_line():
    with Desk() as desk:
        front_end_with_people(desk)
        desk.kinit()
        with Directory(desk) as directory:
            start(desk, directory)
            desk.expect(0, 'sign-in')
            wait_names(desk)
            assert names(desk, 'baker') == ['Bob Baker']  # the contact, not Robert Baker besides
            client = Client(desk)
            number, uris, _, asked = client.search('robert')  # only the directory knows him by that
            assert uris == [] and asked
            people, more, code = client.finished(number)
            assert [p[6] for p in people] == ['sip:bob@fabrikam.test'] and not more and code == '', people
            client.close()


def own_entry_names_the_phone():
    with Desk() as desk:
        front_end_with_people(desk)
        desk.kinit()
        with Directory(desk) as directory:
            start(desk, directory)
            desk.expect(0, 'sign-in')
            directory.wait_log(r'userPrincipalName=alice@fabrikam.test')
            client = Client(desk)

            def own(name):
                return client.bus.call_sync(
                    'org.offhook.Agent', '/org/offhook/Agent', 'org.freedesktop.DBus.Properties', 'Get',
                    GLib.Variant('(ss)', ('org.offhook.Directory1', name)), None, Gio.DBusCallFlags.NONE, -1,
                    None).unpack()[0]

            client.finished(client.search('dora')[0])  # searches wait for each other: own is read before
            assert own('OwnIpPhone') == 'snom-alice', own('OwnIpPhone')
            assert own('OwnLine') == 'tel:+4930398100;ext=100'
            client.close()


def doctor_looks_at_the_directory():
    with Desk() as desk:
        desk.make_certificates(SERVER)
        with socket.create_server(('127.0.0.1', 0)) as nobody:
            closed = nobody.getsockname()[1]
        with Directory(desk) as directory:
            start(desk, directory)
            for url, code, status in ((f'ldap://{SERVER}:{directory.port}', 'directory-answers', 0),
                                      (f'ldap://{SERVER}:{closed}', 'directory-unreachable', 4),
                                      (f'ldap://{SERVER}:{directory.port}/dc=elsewhere', 'directory-settings', 1),
                                      ('nonsense', 'directory-settings', 1)):
                offers(desk, url)
                findings = json.loads(desk.cli('doctor', '--json').stdout)
                seen = [f for f in findings if f['code'].startswith('directory-')]
                assert [f['code'] for f in seen] == [code], findings
                assert (seen[0]['severity'] == 'ok') == (status == 0), seen
                assert seen[0]['cause'] and (status == 0 or seen[0]['remedy']), seen
            offers(desk, f'ldap://{SERVER}:{directory.port}')
            desk.set('ca-file', "''")
            codes = [f['code'] for f in json.loads(desk.cli('doctor', '--json').stdout)]
            assert 'directory-untrusted' in codes, codes
            offers(desk, '')
            codes = [f['code'] for f in json.loads(desk.cli('doctor', '--json').stdout)]
            assert not [code for code in codes if code.startswith('directory')], codes


# ---------------------------------------------------------------- Kerberos

def add_ldap_service(desk):
    env = dict(os.environ, KRB5_CONFIG=desk.path('realm', 'krb5.conf'), KRB5_KDC_PROFILE=desk.path('realm', 'kdc.conf'),
               PATH='/usr/sbin:' + os.environ['PATH'])
    subprocess.run(['kadmin.local', '-r', 'FABRIKAM.TEST'], env=env, text=True, check=True, capture_output=True,
                   input=f'addprinc -randkey ldap/{SERVER}\nktadd -k {desk.path("realm", "ldap.keytab")} ldap/{SERVER}\n')


def with_the_ticket():
    """The ticket's own keys seal what goes in the clear; under TLS they do not."""
    with Desk() as desk:
        desk.start_realm()
        add_ldap_service(desk)
        desk.kinit()
        desk.make_certificates(SERVER)
        with Directory(desk, sasl=True, anonymous=False) as directory:
            start(desk, directory)
            assert names(desk, 'dora') == ['+Dean, Dora']
            assert directory.count('STARTTLS') == 0
            directory.wait_log(r'BIND .*mech=GSSAPI bind_ssf=256 ssf=256')
            offers(desk, f'ldaps://{SERVER}:{directory.tls_port}')
            assert names(desk, 'schulz') == ['+Anna Schulz (Berlin)']
            directory.wait_log(r'BIND .*mech=GSSAPI bind_ssf=0 ssf=256')
            assert directory.count('method=128') == 0, 'a simple bind'


def without_a_ticket():
    with Desk() as desk:
        desk.start_realm()
        add_ldap_service(desk)
        desk.make_certificates(SERVER)
        with Directory(desk, sasl=True, anonymous=False) as directory:
            start(desk, directory)
            # by the book a directory may answer nobody, too: this one finds nobody for nobody
            done = desk.cli('contacts', 'dora')
            assert done.returncode in (1, 3), (done.returncode, done.stderr)
            assert 'ticket' in done.stderr.lower() or 'directory-base' in done.stderr, done.stderr
            directory.wait_log('STARTTLS')
            desk.kinit()
            offers(desk, f'ldap://{SERVER}:{directory.port}/{BASE}')
            assert names(desk, 'dora') == ['+Dean, Dora']


# ---------------------------------------------------------------- limits

def typing_on_abandons():
    """Each letter gives the last search up, and the server is told: counted there."""
    with Desk() as desk:
        desk.make_certificates(SERVER)
        with Directory(desk) as directory, Relay(directory.port) as relay:
            start(desk, directory, f'ldap://{SERVER}:{relay.port}')
            assert names(desk, 'dora') == ['+Dean, Dora']  # the link stands
            relay.hold()
            client = Client(desk)
            asked = []
            for typed in ('do', 'dor', 'dora'):
                asked.append(client.search(typed)[0])
                directory.wait_log(rf'SRCH base=.*\(cn={typed}\*\)', 1 + (typed == 'dora'))
            directory.wait_log('ABANDON', 2)
            client.cancel(asked[-1])
            directory.wait_log('ABANDON', 3)
            last = client.search('schulz')[0]
            relay.release()
            people, more, code = client.finished(last)
            assert [p[0] for p in people] == ['Anna Schulz (Berlin)'] and not more and code == '', people
            assert {s[1] for s in client.signals} == {last}, client.signals
            # who leaves the bus gives up, too
            relay.hold()
            client.search('archer')
            directory.wait_log(r'SRCH base=.*\(cn=archer\*\)')
            client.close()
            directory.wait_log('ABANDON', 4)
            relay.release()
            assert relay.connections == 1, 'one link through it all'
            assert names(desk, 'dora') == ['+Dean, Dora']


def crowd(count):
    return [{'cn': f'Crowd Person{n:05}', 'sn': f'Person{n:05}', 'telephoneNumber': f'+49 30 5{n:05}'} for n in range(count)]


def five_thousand_in_pages():
    with Desk() as desk:
        desk.make_certificates(SERVER)
        with Directory(desk, people=crowd(5000), extra=['sizelimit size.soft=500 size.hard=500 size.pr=100']) as directory:
            start(desk, directory)
            done = desk.expect(0, 'contacts', 'crowd', '--json')
            assert len(json.loads(done.stdout)) == 50
            assert 'type more' in done.stderr, done.stderr
            directory.wait_log(r'SEARCH RESULT .*nentries=25', 2)
            assert names(desk, 'person00042') == ['+Crowd Person00042']
            assert names(desk, '500042') == ['+Crowd Person00042']


def results_that_never_end():
    """A server that knows no pages and no end: read as far as it is shown."""
    with Desk() as desk:
        start(desk)
        with Endless() as server:
            offers(desk, f'ldap://{SERVER}:{server.port}/{BASE}')
            done = desk.expect(0, 'contacts', 'bob', '--json')
            assert len(json.loads(done.stdout)) == 50 and 'type more' in done.stderr
            assert server.abandoned.wait(DEADLINE_S), 'it was not told to stop'


def a_peer_that_never_answers():
    with Desk() as desk:
        start(desk)
        with Silent() as server:
            for scheme in ('ldap', 'ldaps'):
                offers(desk, f'{scheme}://{SERVER}:{server.port}')
                done = desk.expect(4, 'contacts', 'bob')
                assert 'directory' in done.stderr, done.stderr
            client = Client(desk)  # the agent is not held up by it
            assert client.search('anybody', directory=False)[1] == []
            client.close()


def nobody_there():
    with Desk() as desk:
        with socket.create_server(('127.0.0.1', 0)) as server:
            port = server.getsockname()[1]
        start(desk)
        offers(desk, f'ldap://{SERVER}:{port}')
        done = desk.expect(4, 'contacts', 'bob')
        assert 'cannot be reached' in done.stderr, done.stderr


def what_is_no_ldap():
    """Garbage, a length beyond all bounds, half a message: a remedy each, and the agent lives."""
    with Desk() as desk:
        start(desk)
        for octets in (b'HTTP/1.1 400 Bad Request\r\n\r\n', b'\x30\x84\x7f\xff\xff\xff', b'\x30\x82\x01\x00\x02\x01'):
            with Talker(octets) as server:
                offers(desk, f'ldap://{SERVER}:{server.port}')
                done = desk.cli('contacts', 'bob')
                assert done.returncode in (1, 4) and done.stderr, (octets, done.returncode, done.stderr)
        assert desk.agent_pid() is not None


def a_link_that_died():
    """A server that was restarted is found again by the next search."""
    with Desk() as desk:
        desk.make_certificates(SERVER)
        with Directory(desk) as directory, Relay(directory.port) as relay:
            start(desk, directory, f'ldap://{SERVER}:{relay.port}')
            assert names(desk, 'dora') == ['+Dean, Dora']
            relay.cut()
            assert names(desk, 'schulz') == ['+Anna Schulz (Berlin)']
            assert relay.connections == 2


def a_link_that_died_without_a_word():
    """What is not answered in time is not asked on that link again."""
    with Desk() as desk:
        desk.make_certificates(SERVER)
        with Directory(desk) as directory, Relay(directory.port) as relay:
            start(desk, directory, f'ldap://{SERVER}:{relay.port}')
            assert names(desk, 'dora') == ['+Dean, Dora']
            relay.hold()
            desk.expect(4, 'contacts', 'schulz')
            relay.release()
            assert names(desk, 'schulz') == ['+Anna Schulz (Berlin)']
            assert relay.connections == 2


class Talker:
    """Says the same to everybody, then keeps quiet."""

    def __init__(self, octets):
        self.octets = octets
        self.server = socket.create_server(('127.0.0.1', 0))
        self.port = self.server.getsockname()[1]
        self.ends = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                end, _ = self.server.accept()
                self.ends.append(end)
                end.recv(4096)
                end.sendall(self.octets)
            except OSError:
                return

    def __enter__(self):
        return self

    def __exit__(self, *why):
        self.server.close()
        for end in self.ends:
            end.close()


def ber(tag, *parts):
    body = b''.join(parts)
    return bytes([tag, 0x84]) + len(body).to_bytes(4, 'big') + body


def result(tag):
    return ber(tag, b'\x0a\x01\x00', b'\x04\x00', b'\x04\x00')


class Endless(Talker):
    """LDAP enough to send people for ever (RFC 4511 4.5.2), until it is told to stop."""

    def __init__(self):
        self.abandoned = threading.Event()
        super().__init__(b'')

    def serve(self):
        try:
            end, _ = self.server.accept()
            self.ends.append(end)
            first = end.recv(4096)
            end.sendall(ber(0x30, self.number(first), result(0x65)))
            request = end.recv(65536)
            threading.Thread(target=self.flood, args=(end, self.number(request)), daemon=True).start()
            while True:
                octets = end.recv(4096)
                if not octets:
                    return
                if b'\x50' in octets:  # AbandonRequest, application 16
                    self.abandoned.set()
        except OSError:
            pass

    @staticmethod
    def number(request):
        """The message id of a request, as it stands there."""
        at = request.index(b'\x02')
        return request[at:at + 2 + request[at + 1]]

    def flood(self, end, number):
        count = 0
        try:
            while not self.abandoned.is_set():
                count += 1
                values = [('cn', f'Bob {count}'), ('telephoneNumber', f'+4930{count}')]
                attributes = [ber(0x30, ber(4, n.encode()), ber(0x31, ber(4, v.encode()))) for n, v in values]
                end.sendall(ber(0x30, number, ber(0x64, ber(4, f'cn=bob{count}'.encode()), ber(0x30, *attributes))))
        except OSError:
            pass


TESTS = {
    'contacts': [contacts_by_name_number_and_address],
    'directory': [found_in_the_directory, secure_from_the_first_octet, certificates_that_are_not_accepted,
                  settings_that_cannot_be_used, contacts_and_directory_are_one_line, own_entry_names_the_phone,
                  doctor_looks_at_the_directory],
    'kerberos': [with_the_ticket, without_a_ticket],
    'limits': [typing_on_abandons, five_thousand_in_pages, results_that_never_end, nobody_there, a_link_that_died],
    'slow': [a_peer_that_never_answers, what_is_no_ldap, a_link_that_died_without_a_word],
}

if __name__ == '__main__':
    sys.exit(run([test for test in TESTS[TOPIC] if not ONLY or test.__name__ in ONLY]))
