#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the fake front end checks: each rule that a client can break is broken here once.

usage: test-front-end-checks.py FAKE-FRONT-END
"""


import test_realm

try:
    import gssapi  # noqa: F401
except ImportError:
    test_realm.skip_all('python3-gssapi is not installed')

from front_end_tests import front_end, machine_state, no_violation
from sip_probe import Client


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
def an_association_ends_after_its_life(realm):
    with front_end(realm, '--association-life', '1') as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        fe.order('delay OPTIONS 1100')
        assert client.transact('OPTIONS').status == 200
        assert client.transact('OPTIONS').status == 401
        fe.wait('unknown-association')
        assert client.sign_in('Kerberos').status == 200


@test_realm.test
def publications_go_one_after_the_other(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        fe.order('delay SERVICE 200 2')
        for number in (1, 2):
            client.send(client.sign(client.request('SERVICE', client.uri, f'p{number}', 1)))
        assert fe.wait('violation')['rule'] == 'publish-in-flight'


@test_realm.test
def too_many_requests_are_noticed(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        for number in range(26):
            client.send(client.sign(client.request('OPTIONS', client.uri, f'o{number}', 1)))
        assert fe.wait('violation')['rule'] == 'too-many-requests'


@test_realm.test
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


@test_realm.test
def whatever_a_client_sends_is_reported_as_json(realm):
    with front_end(realm) as fe:
        client = Client(fe)
        for octet in (*range(1, 9), *range(14, 32), 127, 255):
            client.send(client.request('OPTIONS', client.uri, f'j{octet}', 1, [
                ('Authorization', f'x{chr(octet)}y="1"')]))
            assert client.read().status == 401
            assert fe.wait('violation', rule='credentials')


@test_realm.test
def an_endpoint_must_be_what_its_epid_says(realm):
    with front_end(realm) as fe:
        client = Client(fe, instance='f066452c-0d2f-55f2-a012-a8b37bea8f51')
        client.register(sign=False)
        assert fe.wait('violation')['rule'] == 'instance'


if __name__ == '__main__':
    test_realm.run_marked()
