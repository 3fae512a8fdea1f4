#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fake front end against MIT's and gss-ntlmssp's client halves.

A peer that is wrong in the same way as the product would hide the mistake. So what it signs is
verified here by others' libraries and by a model that first has to reproduce a worked example.

usage: test-front-end.py FAKE-FRONT-END
"""

import base64
import os
import re
import socket
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import test_realm

try:
    import gssapi  # noqa: F401
except ImportError:
    test_realm.skip_all('python3-gssapi is not installed')

from sip_probe import Client, FrontEnd, Message, REALM, ntlm_mic, state, text_to_sign

PROGRAM = sys.argv[1]
SCRIPTS = os.path.join(test_realm.HERE, '..', 'fake-front-end', 'scripts')
SELF_TYPE = 'application/vnd-microsoft-roaming-self+xml'
SELF_BODY = (b'<roamingList xmlns="http://schemas.microsoft.com/2006/09/sip/roaming-self">'
             b'<roaming type="categories"/><roaming type="containers"/></roamingList>')
BATCH_HEADERS = [('Require', 'adhoclist, categoryList'), ('Supported', 'eventlist'),
                 ('Accept', 'application/msrtc-event-categories+xml, application/rlmi+xml, '
                            'multipart/related')]
BATCH_TYPE = 'application/msrtc-adrl-categorylist+xml'
INSTANCE = 1908022091


def batch(*people, action='subscribe'):
    resources = ''.join(f'<resource uri="sip:{who}@fabrikam.test"/>' for who in people)
    return ('<batchSub xmlns="http://schemas.microsoft.com/2006/01/sip/batch-subscribe" '
            f'uri="sip:alice@fabrikam.test" name=""><action name="{action}" id="1207"><adhocList>'
            f'{resources}</adhocList><categoryList '
            'xmlns="http://schemas.microsoft.com/2006/09/sip/categorylist">'
            '<category name="contactCard"/><category name="note"/><category name="state"/>'
            '</categoryList></action></batchSub>').encode()


def phone_state(availability=6500, container=2, version=0, **more):
    return dict(category='state', instance=INSTANCE, container=container, version=version,
                content=state('phoneState', availability, 'on-the-phone'), **more)


def machine_state(availability=3500, container=2, version=0, **more):
    return dict(category='state', instance=0x30000001, container=container, version=version,
                content=state('machineState', availability), **more)


def aggregate(body, container='200'):
    """Availability and activity in a document of categories or roamingData."""
    for category in ET.fromstring(body).iter():
        if category.tag.endswith('}category') and category.get('name') == 'state' and \
                category.get('container') == container and category.get('instance') == '1':
            availability = next(e.text for e in category.iter() if e.tag.endswith('}availability'))
            activity = next((e.get('token') for e in category.iter()
                             if e.tag.endswith('}activity')), '')
            return int(availability), activity
    raise AssertionError(f'no aggregate state in {body}')


def front_end(realm, *options):
    return FrontEnd(PROGRAM, realm.certs, realm.path, *options)


def no_violation(fe):
    assert not fe.violations(), fe.violations()


# ---------------------------------------------------------------- the model of the signature

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


# ---------------------------------------------------------------- sign-in

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


def only_what_is_offered_is_challenged_with(realm):
    for schemes in ('kerberos', 'ntlm', 'tls-dsk,kerberos,ntlm'):
        with front_end(realm, '--schemes', schemes, '--kerberos-target', 'host/fe9') as fe:
            client = Client(fe)
            offers = client.offers(client.register(sign=False))
            assert [name.lower() for name in offers] == schemes.split(','), offers
            assert offers.get('Kerberos', {}).get('targetname', 'host/fe9') == 'host/fe9'
            client.close()


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
def a_wrong_password_is_refused_with_the_reason(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        answer = client.sign_in('NTLM', password='wrong')
        assert answer.status == 401, answer.start
        assert 'Final handshake failed' in answer['ms-diagnostics']
        assert fe.wait('refused')['status'] == 401
        client.close()


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


def a_certificate_of_another_name_is_a_certificate_of_another_name(realm):
    with FrontEnd(PROGRAM, realm.certs, realm.path, server='other.fabrikam.test') as fe:
        fe.server = 'fe1.fabrikam.test'
        try:
            Client(fe)
        except Exception as error:
            assert 'certificate' in str(error).lower(), error
        else:
            raise AssertionError('the handshake went through')


# ---------------------------------------------------------------- what it checks

def it_reports_what_a_client_must_not_do(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        client.publish(machine_state())
        cases = [
            ('bad-signature', dict(spoil=True)),
            ('bad-signature', dict(cnum=1)),
            ('cnum-skip', dict(cnum=1000)),
        ]
        for rule, keywords in cases:
            client.transact('OPTIONS', **keywords)
            assert fe.wait('violation')['rule'] == rule
        client.send(client.request('SERVICE', client.uri, 'c-unsigned', 1,
                                   [('Contact', f'<{client.gruu}>')]))
        assert client.read().status == 401
        assert fe.wait('violation')['rule'] == 'unsigned'
        message = client.request('OPTIONS', client.uri, 'c-epid', 1)
        message.headers = [(k, v.split(';epid')[0]) for k, v in message.headers if k != 'User-Agent']
        client.send(message)
        client.read()
        rules = [fe.wait('violation')['rule'] for _ in range(2)]
        assert rules == ['epid-missing', 'user-agent-missing'], rules


def a_dialog_has_its_route_and_its_target(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        answer = client.subscribe('vnd-microsoft-roaming-contacts')
        again = client.in_dialog(answer)
        assert client.subscribe('vnd-microsoft-roaming-contacts', **again).status == 200
        no_violation(fe)
        wrong = dict(again, uri=client.uri, headers=[], cseq=3)
        client.subscribe('vnd-microsoft-roaming-contacts', **wrong)
        rules = [fe.wait('violation')['rule'] for _ in range(2)]
        assert rules == ['route-missing', 'remote-target'], rules


def silence_ends_where_keep_alive_was_promised(realm):
    with front_end(realm, '--keep-alive', '1') as fe:
        client = Client(fe)
        answer = client.sign_in('NTLM')
        assert 'timeout=1' in answer['ms-keep-alive']
        assert fe.wait('connection-lost')['reason'] == 'idle'
        assert fe.wait('violation')['rule'] == 'keep-alive-missing'
    with front_end(realm, '--keep-alive', '0') as fe:
        client = Client(fe)
        assert client.sign_in('NTLM').get('ms-keep-alive') is None
        client.socket.sendall(b'\r\n\r\n')
        fe.wait('keep-alive')
        assert fe.wait('violation')['rule'] == 'keep-alive-unasked'


def an_association_ends_after_its_life(realm):
    with front_end(realm, '--association-life', '1') as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        fe.order('delay OPTIONS 1100')
        assert client.transact('OPTIONS').status == 200
        assert client.transact('OPTIONS').status == 401
        fe.wait('unknown-association')
        assert client.sign_in('Kerberos').status == 200


def publications_go_one_after_the_other(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        fe.order('delay SERVICE 200 2')
        for number in (1, 2):
            client.send(client.sign(client.request('SERVICE', client.uri, f'p{number}', 1)))
        assert fe.wait('violation')['rule'] == 'publish-in-flight'


def too_many_requests_are_noticed(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        for number in range(26):
            client.send(client.sign(client.request('OPTIONS', client.uri, f'o{number}', 1)))
        assert fe.wait('violation')['rule'] == 'too-many-requests'


def what_cannot_be_read_ends_the_connection(realm):
    cases = [
        (b'REGISTER sip:x SIP/2.0\r\nA: ' + b'x' * (64 * 1024) + b'\r\n', 'head too long'),
        (b'REGISTER sip:x SIP/2.0\r\nA: b\r\n\r\n', 'no Content-Length on a stream'),
        (b'GET / HTTP/1.1\r\n\r\n', 'neither a request nor a response of SIP/2.0'),
        (b'REGISTER sip:x SIP/2.0\r\n: b\r\n\r\n', 'header line without a name'),
        (b'REGISTER sip:x SIP/2.0\r\nA: \0\r\n\r\n', 'NUL in the head'),
        (b'SIP/2.0 999 OK\r\nContent-Length: 0\r\n\r\n', None),
        (b'OPTIONS sip:x SIP/2.0\r\nContent-Length: 4194305\r\n\r\n', None),
    ]
    with front_end(realm) as fe:
        for octets, reason in cases:
            client = Client(fe)
            client.socket.sendall(octets)
            event = fe.wait('connection-lost')
            assert event['reason'] and reason in (None, event['reason']), (octets[:40], event)


def whatever_a_client_sends_is_reported_as_json(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        for octet in (*range(1, 9), *range(14, 32), 127, 255):
            client.send(client.request('OPTIONS', client.uri, f'j{octet}', 1, [
                ('Authorization', f'x{chr(octet)}y="1"')]))
            assert client.read().status == 401
            assert fe.wait('violation', rule='credentials')


def an_endpoint_must_be_what_its_epid_says(realm):
    with front_end(realm) as fe:
        client = Client(fe, instance='f066452c-0d2f-55f2-a012-a8b37bea8f51')
        client.register(sign=False)
        assert fe.wait('violation')['rule'] == 'instance'


# ---------------------------------------------------------------- presence

def provisioning_contacts_and_own_data_come_with_the_answer(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('Kerberos')
        answer = client.subscribe('vnd-microsoft-provisioning-v2',
                                  supported=[('Supported', 'ms-piggyback-first-notify'),
                                             ('Expires', '0')])
        assert answer.status == 200 and answer['Expires'] == '0'
        assert answer['ms-piggyback-cseq'] == '1'
        assert ET.fromstring(answer.body).tag.endswith('provisionGroupList')
        answer = client.subscribe('vnd-microsoft-roaming-contacts')
        uris = [e.get('uri') for e in ET.fromstring(answer.body) if e.tag.endswith('contact')]
        assert uris == ['bob@fabrikam.test', 'carol@fabrikam.test'], uris
        answer = client.subscribe('vnd-microsoft-roaming-self', SELF_BODY, SELF_TYPE)
        assert aggregate(answer.body, '2') == (18500, '')
        assert client.subscribe('no-such-package').status == 489
    no_violation(fe)


def without_piggyback_and_benotify_a_notify_is_answered(realm):
    with front_end(realm, '--no-piggyback', '--no-benotify') as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        answer = client.subscribe('vnd-microsoft-roaming-contacts')
        assert answer.status == 200 and answer.body == b''
        notify = client.next_request()
        assert notify.method == 'NOTIFY' and b'bob@fabrikam.test' in notify.body
        client.answer(notify)
        event = fe.wait('answered')
        assert event['method'] == 'NOTIFY' and event['status'] == 200 and event['signed']
    no_violation(fe)


def a_call_makes_busy_and_goes_again(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        client.subscribe('vnd-microsoft-roaming-self', SELF_BODY, SELF_TYPE)
        answer = client.publish(machine_state(), machine_state(container=3))
        assert aggregate(answer.body) == (3500, '')
        answer = client.publish(phone_state(), phone_state(container=3))
        assert aggregate(answer.body) == (6500, 'on-the-phone')
        assert fe.wait('aggregate', availability=6500)['activity'] == 'on-the-phone'
        notify = client.next_request()
        assert notify.method == 'BENOTIFY' and notify['Event'] == 'vnd-microsoft-roaming-self'
        answer = client.publish(phone_state(version=1, delete=True),
                                phone_state(version=1, container=3, delete=True))
        assert aggregate(answer.body) == (3500, '')
    no_violation(fe)


def the_users_choice_counts_more_than_the_machine(realm):
    def user(availability, version):
        return dict(category='state', instance=0x20000000, expire_type='static', version=version,
                    content=state('userState', availability))

    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        client.publish(machine_state())
        for version, (chosen, seen, in_call) in enumerate([
                (3500, (3500, ''), (6500, 'on-the-phone')),
                (6500, (6500, ''), (6500, 'on-the-phone')),
                (9500, (9500, ''), (9500, '')),
                (12500, (12500, ''), (12500, '')),
                (18500, (18500, ''), (18500, ''))]):
            assert aggregate(client.publish(user(chosen, version)).body) == seen, chosen
            assert aggregate(client.publish(phone_state()).body) == in_call, chosen
            client.publish(phone_state(version=1, delete=True))
    no_violation(fe)


def a_wrong_version_is_a_conflict_with_the_right_one(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        assert client.publish(phone_state(), phone_state(container=3)).status == 200
        answer = client.publish(phone_state(version=1), phone_state(container=3, version=5))
        assert answer.status == 409
        operations = [(e.get('index'), e.get('curVersion'))
                      for e in ET.fromstring(answer.body).iter() if e.tag.endswith('operation')]
        assert operations == [('2', '1')], operations
        fe.order('conflict alice')
        answer = client.publish(phone_state(version=1))
        assert answer.status == 409
        current = re.search(rb'curVersion="(\d+)"', answer.body).group(1).decode()
        assert client.publish(phone_state(version=int(current))).status == 200


def what_is_bound_to_an_endpoint_dies_with_it(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        client.publish(phone_state(), dict(category='note', container=200, expire_type='static',
                                           content='<note xmlns="n"/>'))
        watcher = Client(fe, user='bob')
        watcher.sign_in('NTLM')
        answer = watcher.subscribe('presence', batch('alice'), BATCH_TYPE, to=f'<{watcher.uri}>',
                                   headers=BATCH_HEADERS)
        assert b'on-the-phone' in answer.body
        client.close()
        assert fe.wait('deregistered')['reason'] == 'connection-lost'
        assert aggregate(watcher.next_request().body) == (18500, '')
        again = Client(fe)
        again.sign_in('NTLM')
        body = again.subscribe('vnd-microsoft-roaming-self', SELF_BODY, SELF_TYPE).body
        assert b'phoneState' not in body and b'name="note"' in body
    no_violation(fe)


def a_batch_answers_everybody_and_reports_changes(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('Kerberos')
        answer = client.subscribe('presence', batch('bob', 'carol', 'nobody'), BATCH_TYPE,
                                  headers=BATCH_HEADERS)
        dialog = client.in_dialog(answer)
        dialog['headers'] += BATCH_HEADERS
        assert answer.status == 200 and answer['Content-Type'].startswith('multipart/related')
        boundary = re.search(r'boundary="([^"]+)"', answer['Content-Type']).group(1)
        parts = answer.body.split(b'--' + boundary.encode())[1:-1]
        assert len(parts) == 3, answer.body
        assert b'reason="noresource"' in parts[0] and b'cid="bob@fabrikam.test"' in parts[0]
        document = parts[1].split(b'\r\n\r\n', 1)[1]
        assert document.endswith(b'</categories>\r\n')
        assert aggregate(document) == (3500, '') and b'tel:+493012345678' in document
        fe.order('presence bob busy on-the-phone')
        assert aggregate(client.next_request().body) == (6500, 'on-the-phone')
        fe.order('note bob "Back at five"')
        assert b'Back at five' in client.next_request().body
        answer = client.subscribe('presence', batch('bob', action='unsubscribe'), BATCH_TYPE,
                                  **dialog)
        assert answer.status == 200
        fe.order('presence bob away')
        fe.order('presence carol dnd')
        assert b'carol' in client.next_request().body
        assert client.subscribe('presence', to='<sip:bob@fabrikam.test>;tag=gone',
                                uri='sip:bob@fabrikam.test').status == 481
    no_violation(fe)


def one_person_can_be_watched_alone(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        answer = client.subscribe('presence', batch('bob'), BATCH_TYPE,
                                  uri='sip:bob@fabrikam.test', to='<sip:bob@fabrikam.test>')
        assert answer['Content-Type'] == 'application/msrtc-event-categories+xml'
        assert aggregate(answer.body) == (3500, '')
        answer = client.subscribe('presence', batch('x'), BATCH_TYPE, uri='sip:x@fabrikam.test',
                                  to='<sip:x@fabrikam.test>')
        assert answer.status == 404
    no_violation(fe)


def a_crowd_can_be_watched(realm):
    with front_end(realm, '--crowd', '500') as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        answer = client.subscribe('vnd-microsoft-roaming-contacts')
        assert len([e for e in ET.fromstring(answer.body) if e.tag.endswith('contact')]) == 502
        dialog = None
        for start in range(1, 500, 100):
            body = batch(*(f'user{n:05}' for n in range(start, start + 100)))
            more = dialog or dict(headers=[])
            more['headers'] = more['headers'] + BATCH_HEADERS
            answer = client.subscribe('presence', body, BATCH_TYPE, **more)
            assert answer.status == 200 and answer.body.count(b'<contactCard ') == 100
            dialog = client.in_dialog(answer) if dialog is None else \
                dict(dialog, cseq=dialog['cseq'] + 1, headers=dialog['headers'][:1])
        fe.order('presence user00500 dnd')
        assert aggregate(client.next_request().body) == (9500, '')
        too_many = batch(*(f'user{n:05}' for n in range(1, 102)))
        assert client.subscribe('presence', too_many, BATCH_TYPE,
                                headers=BATCH_HEADERS).status == 513
    no_violation(fe)


def the_contact_list_can_change(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        client.subscribe('vnd-microsoft-roaming-contacts')
        fe.order('contact alice add dora@fabrikam.test Team')
        delta = ET.fromstring(client.next_request().body)
        assert (delta.get('prevDeltaNum'), delta.get('deltaNum')) == ('1', '2')
        assert [e.get('uri') for e in delta] == ['dora@fabrikam.test']
        fe.order('contact alice remove bob@fabrikam.test')
        assert b'deletedContact' in client.next_request().body
        soap = ('<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
                '<m:setContact xmlns:m="http://schemas.microsoft.com/winrtc/2002/11/sip">'
                '<m:groups>1</m:groups><m:URI>sip:bob@fabrikam.test</m:URI><m:deltaNum>{}'
                '</m:deltaNum></m:setContact></e:Body></e:Envelope>')
        for delta_number, status in ((2, 409), (3, 200)):
            answer = client.transact('SERVICE', [('Content-Type', 'application/SOAP+xml')],
                                     soap.format(delta_number).encode())
            assert answer.status == status, answer.start
        assert b'addedContact uri="bob@fabrikam.test"' in client.next_request().body


# ---------------------------------------------------------------- what it can do wrong

def it_refuses_delays_drops_and_redirects_on_demand(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        fe.order('refuse SERVICE 503 "5000;reason=\\"Not running\\""')
        answer = client.publish(machine_state())
        assert answer.status == 503
        assert answer['ms-diagnostics'] == '5000;source="fe1.fabrikam.test";reason="Not running"'
        assert client.publish(machine_state()).status == 200
        fe.order('refuse SUBSCRIBE/presence 480')
        assert client.subscribe('vnd-microsoft-roaming-contacts').status == 200
        assert client.subscribe('presence', batch('bob'), BATCH_TYPE,
                                headers=BATCH_HEADERS).status == 480
        fe.order('redirect fe2.fabrikam.test:5061')
        answer = client.register()
        assert answer.status == 301
        assert answer['Contact'] == '<sip:fe2.fabrikam.test:5061;transport=tls>'
        fe.order('delay OPTIONS 50')
        assert client.transact('OPTIONS').status == 200
        fe.order('refuse-early REGISTER 403')
        client.accept_unsigned = True
        assert client.register().status == 403
    no_violation(fe)


def its_signatures_can_be_wrong_missing_and_repeated(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')

        def must_fail(what):
            try:
                client.transact('OPTIONS')
            except Exception as error:
                return str(error)
            raise AssertionError(f'{what} was accepted')

        for what in ('rspauth', 'header', 'unsigned'):
            fe.order(f'garble {what}')
            assert must_fail(what)
            assert client.transact('OPTIONS').status == 200
        client.subscribe('vnd-microsoft-roaming-contacts')
        fe.order('contact alice remove bob@fabrikam.test')
        client.next_request()
        fe.order('replay alice')
        try:
            client.next_request()
        except AssertionError as error:
            assert str(error) == 'replayed'
        else:
            raise AssertionError('the replay was accepted')
        fe.order('garble body')
        answer = client.subscribe('vnd-microsoft-roaming-contacts')
        try:
            ET.fromstring(answer.body)
        except ET.ParseError:
            pass
        else:
            raise AssertionError('the body is whole')


def it_forgets_cuts_and_signs_out(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        fe.order('forget alice')
        assert client.publish(machine_state()).status == 401
        assert fe.wait('unknown-association')['method'] == 'SERVICE'
        assert client.sign_in('NTLM').status == 200
        assert client.publish(machine_state()).status == 200
        fe.order('registration-notify alice deactivated "4141;reason=\\"User disabled\\""')
        notify = client.next_request()
        assert notify['Event'] == 'registration-notify'
        assert notify.body == b'deregistered;event=deactivated'
        assert fe.wait('deregistered')['reason'] == 'deactivated'
        fe.order('cut')
        try:
            client.read()
        except OSError:
            pass
        else:
            raise AssertionError('still connected')
        fe.order('listen off')
        try:
            Client(fe)
        except OSError:
            pass
        else:
            raise AssertionError('still listening')
        fe.order('listen on')
        assert Client(fe).sign_in('NTLM').status == 200


def a_script_gives_odd_answers(realm):
    script = ('# first REGISTER: a challenge nobody can answer\n'
              'expect early REGISTER\nreply unsigned\n401 Unauthorized\n'
              'WWW-Authenticate: Digest realm="x", nonce="y"\nX-Seen: ${Call-ID}\nend\n'
              'expect SUBSCRIBE\nEvent: presence\nreply\n202 Accepted\n'
              'Content-Type: text/plain\n\nhello\nend\n'
              'expect OPTIONS\ncut\n')
    with tempfile.NamedTemporaryFile('w', suffix='.script') as file:
        file.write(script)
        file.flush()
        with front_end(realm, '--script', file.name) as fe:
            client = Client(fe)
            answer = client.register(sign=False)
            assert answer['WWW-Authenticate'].startswith('Digest')
            assert answer['X-Seen'] == client.call_id
            client.sign_in('NTLM')
            assert client.subscribe('vnd-microsoft-roaming-contacts').status == 200
            answer = client.subscribe('presence')
            assert answer.status == 202 and answer.body == b'hello\n'
            try:
                client.transact('OPTIONS')
            except OSError:
                pass
            else:
                raise AssertionError('not cut')


def the_scripts_of_the_tree_can_be_read(realm):
    """Each is played to a client that does nothing clever; what answers is the script."""
    expected = {
        'answer-without-challenge': lambda a: a.status == 200 and not a.all('Authentication-Info'),
        'challenge-digest-only': lambda a: a['WWW-Authenticate'].startswith('Digest'),
        'challenge-foreign-service': lambda a: 'http/' in a['WWW-Authenticate'],
        'challenge-one-line': lambda a: a.get('WWW-Authenticate').count('targetname') == 2,
        'contacts-broken': None,
        'contacts-in-exchange': None,
        'headers-odd': b'T\t: ',
        'overload': lambda a: a.status == 503 and a['Retry-After'] == '2',
        'redirect-loop': None,
        'redirect-nowhere': None,
        'stream-broken': None,
    }
    names = sorted(name[:-7] for name in os.listdir(SCRIPTS))
    assert names == sorted(expected), names
    for name, check in expected.items():
        with front_end(realm, '--script', f'{SCRIPTS}/{name}.script') as fe:
            if check is None:
                continue
            client = Client(fe)
            client.cseq = 1
            client.send(client.request('REGISTER', 'sip:fabrikam.test', client.call_id, 1,
                                       [('Contact', '<sip:127.0.0.1:1;transport=tls>')]))
            if isinstance(check, bytes):
                assert check in client.socket.recv(4096), name
            else:
                assert check(client.read()), name
            assert fe.wait('scripted')['method'] == 'REGISTER'


def contacts_and_redirections_go_by_the_script(realm):
    with front_end(realm, '--script', f'{SCRIPTS}/contacts-broken.script') as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        for start in (b'<contactList deltaNum="1">', b'<!DOCTYPE', b'<html/>', b'<contactList xmlns'):
            answer = client.subscribe('vnd-microsoft-roaming-contacts')
            assert answer.body.startswith(start), answer.body
    with front_end(realm, '--script', f'{SCRIPTS}/redirect-loop.script') as fe:
        for _ in range(2):
            assert Client(fe).sign_in('Kerberos').status == 301


def its_own_requests_are_answered_and_acknowledged(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        fe.order('request alice')
        options = client.next_request()
        assert options.method == 'OPTIONS'
        client.answer(options)
        assert fe.wait('answered')['signed']
        fe.order('request alice INVITE')
        client.answer(client.next_request(), '488 Not Acceptable Here')
        ack = client.next_request()
        assert ack.method == 'ACK' and ack['CSeq'] == '1 ACK'
    no_violation(fe)
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        fe.order('request alice')
        options = client.next_request()
        client.send(Message('SIP/2.0 200 OK', [(k, options[k]) for k in (
            'Via', 'From', 'To', 'Call-ID', 'CSeq')]))
        assert fe.wait('violation')['rule'] == 'unsigned'
        client.answer(options)
        assert fe.wait('violation')['rule'] == 'stray-response'


def two_endpoints_of_one_user_hear_of_each_other(realm):
    with front_end(realm) as fe:
        desk = Client(fe)
        desk.sign_in('NTLM')
        desk.subscribe('vnd-microsoft-roaming-self', SELF_BODY, SELF_TYPE)
        other = Client(fe, epid='0a0b0c0d0e0f', instance='6ac5ab20-2cb4-5ce6-8a56-cf5a8e9d4d4c')
        other.sign_in('NTLM')
        other.publish(machine_state(12500))
        assert aggregate(desk.next_request().body) == (12500, '')
        desk.publish(dict(machine_state(3500), instance=0x30000002))
        assert aggregate(desk.next_request().body) == (3500, ''), 'the most available counts'
        other.close()
        fe.wait('deregistered')
        body = desk.next_request().body
        assert b'12500' not in body and aggregate(body) == (3500, '')


def what_has_a_time_ends_with_it(realm):
    with front_end(realm, '--expires', '2') as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        client.subscribe('vnd-microsoft-roaming-self', SELF_BODY, SELF_TYPE)
        client.publish(machine_state())
        body = ('<publish xmlns="http://schemas.microsoft.com/2006/09/sip/rich-presence">'
                f'<publications uri="{client.uri}"><publication categoryName="state" instance="9" '
                f'container="2" version="0" expireType="time" expires="1">'
                f'{state("userState", 9500)}</publication></publications></publish>')
        answer = client.transact('SERVICE', [
            ('Content-Type', 'application/msrtc-category-publish+xml')], body.encode())
        assert aggregate(answer.body) == (9500, '')
        while aggregate(client.next_request().body) != (3500, ''):
            pass
        assert fe.wait('deregistered')['reason'] == 'expired'


def a_change_can_come_as_a_list_of_one(realm):
    with front_end(realm, '--notify-multipart') as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        client.subscribe('presence', batch('bob'), BATCH_TYPE, headers=BATCH_HEADERS)
        fe.order('presence bob dnd')
        notify = client.next_request()
        assert notify['Content-Type'].startswith('multipart/related')
        assert b'version="1"' in notify.body and b'>9500<' in notify.body


def commands_come_by_a_socket_too(realm):
    path = f'{realm.holder.name}/control'
    with front_end(realm, '--control', path) as fe, \
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as control:
        control.connect(path)
        control.sendall(b'presence carol busy in-a-meeting\nno-such-command\n"unbalanced\n')
        assert fe.wait('aggregate')['activity'] == 'in-a-meeting'
        assert fe.wait('control')['ok']
        assert fe.wait('control')['error'] == 'no such command'
        assert not fe.wait('control')['ok']


def any_octets_can_be_sent(realm):
    with front_end(realm) as fe, tempfile.NamedTemporaryFile() as file:
        client = Client(fe)
        client.sign_in('NTLM')
        file.write(b'\0\1\2 no message\r\n')
        file.flush()
        fe.order(f'raw alice {file.name}')
        assert client.socket.recv(100) == b'\0\1\2 no message\r\n'


def the_command_line_says_what_is_wrong(realm):
    certificate = ['--certificate', f'{realm.certs}/fe1.fabrikam.test.pem']
    cases = [
        ([], '--certificate is needed'),
        ([*certificate, '--schemes', 'kerberos'], '--keytab'),
        ([*certificate, '--schemes', 'none', '--version', '5'], '--version'),
        ([*certificate, '--schemes', 'none', '--script', '/dev/null/x'], 'x'),
        ([*certificate, '--schemes', 'kerberos', '--keytab', '/nowhere'], '/nowhere'),
    ]
    for options, words in cases:
        done = subprocess.run([PROGRAM, *options], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=10)
        assert done.returncode == 1 and words in done.stderr, (options, done)
    done = subprocess.run([PROGRAM, '--help'], capture_output=True, text=True, timeout=10)
    assert done.returncode == 0 and 'registration-notify' in done.stdout


if __name__ == '__main__':
    with test_realm.Realm() as the_realm:
        test_realm.run([
            the_model_reproduces_the_worked_example,
            both_schemes_sign_in_with_all_versions_and_families,
            an_old_domain_signs_with_rc4,
            only_what_is_offered_is_challenged_with,
            weak_flags_reach_the_challenge,
            a_wrong_password_is_refused_with_the_reason,
an_account_may_only_act_as_its_own_address,
            a_certificate_of_another_name_is_a_certificate_of_another_name,
            it_reports_what_a_client_must_not_do,
            a_dialog_has_its_route_and_its_target,
            silence_ends_where_keep_alive_was_promised,
            an_association_ends_after_its_life,
            publications_go_one_after_the_other,
            too_many_requests_are_noticed,
            what_cannot_be_read_ends_the_connection,
            whatever_a_client_sends_is_reported_as_json,
            an_endpoint_must_be_what_its_epid_says,
provisioning_contacts_and_own_data_come_with_the_answer,
            without_piggyback_and_benotify_a_notify_is_answered,
            a_call_makes_busy_and_goes_again,
            the_users_choice_counts_more_than_the_machine,
            a_wrong_version_is_a_conflict_with_the_right_one,
            what_is_bound_to_an_endpoint_dies_with_it,
            a_batch_answers_everybody_and_reports_changes,
            one_person_can_be_watched_alone,
            a_crowd_can_be_watched,
            the_contact_list_can_change,
it_refuses_delays_drops_and_redirects_on_demand,
            its_signatures_can_be_wrong_missing_and_repeated,
            it_forgets_cuts_and_signs_out,
            a_script_gives_odd_answers,
            the_scripts_of_the_tree_can_be_read,
            contacts_and_redirections_go_by_the_script,
            its_own_requests_are_answered_and_acknowledged,
            two_endpoints_of_one_user_hear_of_each_other,
            what_has_a_time_ends_with_it,
            a_change_can_come_as_a_list_of_one,
            commands_come_by_a_socket_too,
            any_octets_can_be_sent,
the_command_line_says_what_is_wrong,
        ], the_realm)
