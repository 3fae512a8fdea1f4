# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenLDAP's slapd on loopback for a test: its own configuration and data, nothing of the system's
but the program and its schemas; and a relay that can hold back what it says."""

import json
import os
import re
import select
import shutil
import socket
import subprocess
import threading
import time

from harness import DEADLINE_S, SERVER, Failure

SCHEMAS = '/etc/ldap/schema'
MODULES = '/usr/lib/ldap'
BASE = 'dc=fabrikam,dc=test'
# Attributes of Active Directory and of its extension by a front end, as far as they are read.
AD_SCHEMA = """
attributetype ( 1.2.840.113556.1.2.131.1 NAME 'department' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.146.1 NAME 'company' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.18.1 NAME 'otherTelephone' EQUALITY telephoneNumberMatch SUBSTR telephoneNumberSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.50 )
attributetype ( 1.2.840.113556.1.4.721.1 NAME 'ipPhone' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.656.1 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.6.24.1.8.1 NAME 'msRTCSIP-PrimaryUserAddress' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.6.24.1.12.1 NAME 'msRTCSIP-Line' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9.1 NAME 'offhookUser' SUP inetOrgPerson STRUCTURAL MAY ( department $ company $ otherTelephone $ ipPhone $ userPrincipalName $ msRTCSIP-PrimaryUserAddress $ msRTCSIP-Line ) )
"""

PEOPLE = [
    {'cn': 'Dora Dean', 'displayName': 'Dean, Dora', 'sn': 'Dean', 'mail': 'dora@fabrikam.test', 'title': 'Buyer',
     'department': 'Purchase', 'company': 'Fabrikam', 'telephoneNumber': '+49 30 398 4711', 'mobile': '+49 170 1234567',
     'homePhone': '030 555', 'otherTelephone': '+49 30 398 99', 'ipPhone': '4711',
     'msRTCSIP-PrimaryUserAddress': 'sip:dora@fabrikam.test', 'msRTCSIP-Line': 'tel:+49303984711;ext=711'},
    {'cn': 'Jörg Müller', 'displayName': 'Müller, Jörg', 'sn': 'Müller', 'mail': 'jm@fabrikam.test',
     'telephoneNumber': '+49 30 398 0815'},
    {'cn': 'Anna Schulz (Berlin)', 'sn': 'Schulz', 'telephoneNumber': '030 777'},
    {'cn': 'Alice Archer', 'sn': 'Archer', 'mail': 'alice@fabrikam.test', 'telephoneNumber': '+49 30 398 100',
     'ipPhone': 'snom-alice', 'msRTCSIP-Line': 'tel:+4930398100;ext=100'},
    {'cn': 'Bob Baker', 'displayName': 'Robert Baker', 'sn': 'Baker', 'mail': 'bob@fabrikam.test',
     'telephoneNumber': '+49 30 398 200', 'msRTCSIP-PrimaryUserAddress': 'sip:bob@fabrikam.test'},
]


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


def entry(number, person):
    lines = [f'dn: uid=u{number},ou=People,{BASE}', 'objectClass: offhookUser', f'uid: u{number}']
    return '\n'.join(lines + [f'{name}: {value}' for name, value in person.items()]) + '\n'


class Directory:
    """A running slapd; .port speaks LDAP, .tls_port LDAP over TLS. Its log of operations is .events()."""

    def __init__(self, desk, people=PEOPLE, extra=(), tls=True, sasl=False, anonymous=True, host=SERVER):
        self.desk, self.host = desk, host
        self.dir = desk.path(f'slapd-{time.monotonic_ns()}')
        os.makedirs(os.path.join(self.dir, 'data'))
        self.port, self.tls_port = free_port(), free_port()
        if not os.path.exists(desk.path('certs', host + '.pem')):
            desk.make_certificates(host)
        with open(self.path('ad.schema'), 'w', encoding='utf-8') as out:
            out.write('\n'.join(line for line in AD_SCHEMA.split('\n') if line) + '\n')
        with open(self.path('slapd.conf'), 'w', encoding='utf-8') as out:
            out.write(self.config(tls, sasl, anonymous, extra))
        with open(self.path('data.ldif'), 'w', encoding='utf-8') as out:
            out.write(f'dn: {BASE}\nobjectClass: domain\ndc: fabrikam\n\n'
                      f'dn: ou=People,{BASE}\nobjectClass: organizationalUnit\nou: People\n\n')
            out.write('\n'.join(entry(n, person) for n, person in enumerate(people)))
        done = subprocess.run([self.program('slapadd'), '-q', '-f', self.path('slapd.conf'), '-l', self.path('data.ldif')],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failure('slapadd: ' + done.stderr)
        self.start(tls, sasl)

    @staticmethod
    def program(name):
        return shutil.which(name, path='/usr/sbin:/sbin:' + os.environ['PATH']) or name

    def path(self, *parts):
        return os.path.join(self.dir, *parts)

    def config(self, tls, sasl, anonymous, extra):
        lines = [f'include {SCHEMAS}/{name}.schema' for name in ('core', 'cosine', 'inetorgperson')]
        lines += [f'include {self.path("ad.schema")}', f'modulepath {MODULES}', 'moduleload back_mdb',
                  f'pidfile {self.path("pid")}', 'loglevel stats']
        if tls:
            lines += [f'TLSCertificateFile {self.desk.path("certs", self.host + ".crt")}',
                      f'TLSCertificateKeyFile {self.desk.path("certs", self.host + ".key")}',
                      f'TLSCACertificateFile {self.desk.path("certs", "ca.pem")}']
        if sasl:
            lines += [f'sasl-host {self.host}', 'sasl-realm FABRIKAM.TEST',
                      f'authz-regexp uid=([^,]*),cn=.*,cn=auth cn=$1,{BASE}']
        lines += [*extra, 'database mdb', f'suffix {BASE}', f'directory {self.path("data")}', 'maxsize 104857600',
                  'access to dn.base="" by * read',
                  'access to * by * read' if anonymous else 'access to * by users read']
        return '\n'.join(lines) + '\n'

    def start(self, tls, sasl):
        env = dict(os.environ)
        if sasl:
            env.update(KRB5_CONFIG=self.desk.path('realm', 'krb5.conf'), KRB5_KTNAME=self.desk.path('realm', 'ldap.keytab'),
                       KRB5RCACHENAME='none:')
        urls = f'ldap://127.0.0.1:{self.port}/' + (f' ldaps://127.0.0.1:{self.tls_port}/' if tls else '')
        self.log = open(self.path('log'), 'wb')
        self.process = subprocess.Popen([self.program('slapd'), '-d', 'stats', '-h', urls, '-f', self.path('slapd.conf')],
                                        stdout=self.log, stderr=subprocess.STDOUT, env=env)
        self.wait_log(r'slapd starting')

    def text(self):
        with open(self.path('log'), encoding='utf-8', errors='replace') as log:
            return log.read()

    def count(self, pattern):
        return len(re.findall(pattern, self.text()))

    def wait_log(self, pattern, times=1):
        """Waits until the log has that so many times."""
        end = time.monotonic() + DEADLINE_S
        while self.count(pattern) < times:
            if time.monotonic() > end or self.process.poll() is not None:
                raise Failure(f'slapd never logged {pattern} {times} times:\n' + self.text()[-3000:])
            time.sleep(0.02)  # a file has no event for the reader

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *why):
        self.stop()


class Relay:
    """Between agent and directory: passes everything on, or holds back what the server says."""

    def __init__(self, port):
        self.target, self.held = port, threading.Event()
        self.released = threading.Condition()
        self.server = socket.create_server(('127.0.0.1', 0))
        self.port = self.server.getsockname()[1]
        self.ends = []
        self.connections = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            self.connections += 1
            server = socket.create_connection(('127.0.0.1', self.target))
            self.ends += [client, server]
            threading.Thread(target=self.pump, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self.pump, args=(server, client, True), daemon=True).start()

    def pump(self, source, sink, holds):
        try:
            while True:
                octets = source.recv(65536)
                if not octets:
                    break
                with self.released:
                    while holds and self.held.is_set():
                        self.released.wait()
                sink.sendall(octets)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def hold(self):
        self.held.set()

    def release(self):
        with self.released:
            self.held.clear()
            self.released.notify_all()

    def cut(self):
        """Ends what stands; who comes again gets through."""
        for end in self.ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # the other end was quicker

    def close(self):
        self.release()
        self.server.close()
        for end in self.ends:
            end.close()

    def __enter__(self):
        return self

    def __exit__(self, *why):
        self.close()


class Silent:
    """A peer that accepts and never answers."""

    def __init__(self):
        self.server = socket.create_server(('127.0.0.1', 0))
        self.port = self.server.getsockname()[1]

    def __enter__(self):
        return self

    def __exit__(self, *why):
        self.server.close()
