#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fake front end against MIT's and gss-ntlmssp's client halves.

A peer that is wrong in the same way as the product would hide the mistake. So what it signs is
verified here by others' libraries and by a model that first has to reproduce a worked example.

usage: test-front-end-sign-in.py FAKE-FRONT-END
"""

import base64
import os
import subprocess
import sys
import tempfile

import test_realm

try:
    import gssapi  # noqa: F401
except ImportError:
    test_realm.skip_all('python3-gssapi is not installed')

from front_end_tests import BATCH_HEADERS, BATCH_TYPE, PROGRAM, batch, front_end, no_violation
from sip_probe import Client, FrontEnd, Message, REALM, ntlm_mic, text_to_sign


@test_realm.test
def the_model_reproduces_the_worked_example(realm):
    """Invented sign-in of Anna Berg; computed by a program of its own from [MS-NLMP]."""
    key = bytes.fromhex('7a1f3c5502e94bd8a6106ec9f384b72d')
    target = 'fe02.corp.fabrikam.test'
    request = Message.parse(
        'REGISTER sip:fabrikam.test SIP/2.0\r\n'
        'From: <sip:anna.berg@fabrikam.test>;tag=60ab51c7d2;epid=9f27c46e10ab\r\n'
        'To: <sip:anna.berg@fabrikam.test>\r\nCall-ID: 5d0e8a41b7c94f3c9d21\r\n'
        'CSeq: 3 REGISTER\r\n')
    answer = Message.parse(
        'SIP/2.0 200 OK\r\n'
        'From: "Anna Berg"<sip:anna.berg@fabrikam.test>;tag=60ab51c7d2;epid=9f27c46e10ab\r\n'
        'To: <sip:anna.berg@fabrikam.test>;tag=D2B07711E95F4C08A1637FCC20B9E543\r\n'
        'Call-ID: 5d0e8a41b7c94f3c9d21\r\nCSeq: 3 REGISTER\r\nExpires: 7200\r\n')
    invite = Message.parse(
        'INVITE sip:anna.berg@fabrikam.test SIP/2.0\r\n'
        'From: <sip:piotr.lang@fabrikam.test>;tag=1c2b3a4d5e\r\n'
        'To: <sip:anna.berg@fabrikam.test>;epid=9f27c46e10ab\r\n'
        'Call-ID: b9d3f1e2a0c44d6f8812\r\nCSeq: 1 INVITE\r\n'
        'P-Asserted-Identity: "Lang, Piotr"<sip:piotr.lang@fabrikam.test>,'
        '<tel:+442079460123;ext=123>\r\n')
    cases = [
        (request, 'a61f09d3', '1', 4, 'client-to-server', '01000000e0e8e7aeb83fd8a564000000'),
        (answer, '3C91D0E7', '1', 4, 'server-to-client', '01000000f7b7dcbde9fa1fbb64000000'),
        (answer, '3C91D0E7', '1', 3, 'server-to-client', '01000000f7b7dcbde9fa1fbb64000000'),
        (answer, '3C91D0E7', '1', 2, 'server-to-client', '0100000040812466ceb69bc264000000'),
        (invite, '58E2B60F', '9', 4, 'server-to-client', '010000005df476817673413d64000000'),
    ]
    for message, salt, number, version, direction, expected in cases:
        text = text_to_sign(message, 'NTLM', salt, number, REALM, target, version)
        assert ntlm_mic(key, direction, text) == expected, text
    text = text_to_sign(answer, 'NTLM', '3C91D0E7', '1', REALM, target)
    assert text == ('<NTLM><3C91D0E7><1><SIP Communications Service><fe02.corp.fabrikam.test>'
                    '<5d0e8a41b7c94f3c9d21><3><REGISTER><sip:anna.berg@fabrikam.test><60ab51c7d2>'
                    '<sip:anna.berg@fabrikam.test><D2B07711E95F4C08A1637FCC20B9E543><><><7200>'
                    '<200>')
    assert ntlm_mic(key, 'client-to-server', text) != '01000000f7b7dcbde9fa1fbb64000000'


@test_realm.test
def both_schemes_sign_in_with_all_versions_and_families(realm):
    for version in (2, 3, 4):
        for family in (401, 407):
            with front_end(realm, '--version', str(version), '--family', str(family)) as fe:
                for scheme in ('Kerberos', 'NTLM'):
                    client = Client(fe, version=version, family=family)
                    answer = client.sign_in(scheme)
                    assert answer.status == 200, answer.start
                    event = fe.wait('registered', user='sip:alice@fabrikam.test')
                    assert event['mechanism'] == scheme and event['signed']
                    assert client.register().status == 200
                    assert fe.wait('registered')['refresh']
                    assert client.register(expires=0).get('Expires') is None
                    assert fe.wait('deregistered')['reason'] == 'client'
                    client.close()
            no_violation(fe)


@test_realm.test
def an_old_domain_signs_with_rc4(realm):
    """RFC 4757 tokens, as a domain on Windows 2003 makes them; the others are RFC 4121."""
    with test_realm.Realm(REALM_ENCTYPES='arcfour-hmac:normal',
                          REALM_SESSION='arcfour-hmac') as old:
        for domain, start in ((old, '602306092a864886f712010202'), (realm, '0404')):
            # In a process of its own: the library reads its configuration once.
            code = ('import sys; sys.path.insert(0, sys.argv[1])\n'
                    'from sip_probe import Client, FrontEnd\n'
                    'with FrontEnd(*sys.argv[2:5]) as fe:\n'
                    '    answer = Client(fe).sign_in("Kerberos")\n'
                    '    assert answer.status == 200, answer.start\n'
                    '    print(answer.credentials("Authentication-Info")[1]["rspauth"])\n')
            done = subprocess.run(
                [sys.executable, '-c', code, test_realm.HERE, PROGRAM, domain.certs, domain.path],
                capture_output=True, text=True, timeout=60,
                env=dict(os.environ, KRB5_CONFIG=f'{domain.path}/krb5.conf'))
            assert done.stdout.lower().startswith(start), (start, done)


@test_realm.test
def only_what_is_offered_is_challenged_with(realm):
    for schemes in ('kerberos', 'ntlm', 'tls-dsk,kerberos,ntlm'):
        with front_end(realm, '--schemes', schemes, '--kerberos-target', 'host/fe9') as fe:
            client = Client(fe)
            offers = client.offers(client.register(sign=False))
            assert [name.lower() for name in offers] == schemes.split(','), offers
            assert offers.get('Kerberos', {}).get('targetname', 'host/fe9') == 'host/fe9'
            client.close()


@test_realm.test
def weak_flags_reach_the_challenge(realm):
    """0xC29AB275: without NTLMSSP_NEGOTIATE_128, which a client has to refuse."""
    with front_end(realm, '--ntlm-flags', 'c29ab275') as fe:
        client = Client(fe)
        offer = client.offers(client.register(sign=False))['NTLM']
        empty = client.credentials('NTLM', [('qop', 'auth'), ('realm', REALM),
                                            ('targetname', offer['targetname']),
                                            ('gssapi-data', ''), ('version', 4)])
        answer = client.offers(client.register([empty], sign=False))['NTLM']
        challenge = base64.b64decode(answer['gssapi-data'])
        assert challenge[:12] == b'NTLMSSP\0\2\0\0\0'
        assert int.from_bytes(challenge[20:24], 'little') & 0x20000000 == 0
@test_realm.test
def a_wrong_password_is_refused_with_the_reason(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        answer = client.sign_in('NTLM', password='wrong')
        assert answer.status == 401, answer.start
        assert 'Final handshake failed' in answer['ms-diagnostics']
        assert fe.wait('refused')['status'] == 401
        client.close()


@test_realm.test
def a_login_has_many_forms(realm):
    forms = [('NTLM', 'FABRIKAM\\alice'), ('NTLM', 'fabrikam.test\\alice'),
             ('NTLM', '\\alice@fabrikam.test'), ('NTLM', 'alice'),
             ('Kerberos', 'alice@FABRIKAM.TEST'),
             ('Kerberos', 'alice\\@users.fabrikam.example@FABRIKAM.TEST')]
    with front_end(realm) as fe:
        for scheme, login in forms:
            client = Client(fe)
            assert client.sign_in(scheme, login=login).status == 200, login
            client.close()
    no_violation(fe)


@test_realm.test
def letters_outside_ascii_sign_in(realm):
    with tempfile.NamedTemporaryFile('w', suffix='.people') as file:
        file.write('[king@fabrikam.test]\nname=Käthe König\nlogins=FABRIKAM\\\\könig;\n'
                   'work=030 1234 (Büro)\n')
        file.flush()
        with front_end(realm, '--people', file.name) as fe:
            client = Client(fe, user='king')
            answer = client.sign_in('NTLM', login='FABRIKAM\\könig', password='Pässw0rd!1')
            assert answer.status == 200, answer.start
            answer = client.subscribe('presence', batch('king'), BATCH_TYPE, headers=BATCH_HEADERS)
            assert 'Käthe König'.encode() in answer.body
            assert '<displayString>030 1234 (Büro)</displayString>'.encode() in answer.body


@test_realm.test
def an_account_may_only_act_as_its_own_address(realm):
    with front_end(realm) as fe:
        for scheme, login in (('NTLM', 'FABRIKAM\\bob'), ('Kerberos', 'bob@FABRIKAM.TEST')):
            client = Client(fe)
            answer = client.sign_in(scheme, login=login)
            assert answer.status == 403 and answer['ms-diagnostics'].startswith('4004;')
            client.close()
        client = Client(fe, user='nobody')
        answer = client.sign_in('NTLM', login='FABRIKAM\\alice')
        assert answer.status == 404 and answer['ms-diagnostics'].startswith('4005;')


@test_realm.test
def a_certificate_of_another_name_is_a_certificate_of_another_name(realm):
    with FrontEnd(PROGRAM, realm.certs, realm.path, server='other.fabrikam.test') as fe:
        fe.server = 'fe1.fabrikam.test'
        try:
            Client(fe)
        except Exception as error:
            assert 'certificate' in str(error).lower(), error
        else:
            raise AssertionError('the handshake went through')


if __name__ == '__main__':
    test_realm.run_marked()
