#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the fake front end can do wrong when a test wants it to.

usage: test-front-end-faults.py FAKE-FRONT-END
"""

import os
import socket
import subprocess
import tempfile
import xml.etree.ElementTree as ET

import test_realm

try:
    import gssapi  # noqa: F401
except ImportError:
    test_realm.skip_all('python3-gssapi is not installed')

from front_end_tests import (BATCH_HEADERS, BATCH_TYPE, PROGRAM, SCRIPTS, batch, front_end,
                             machine_state, no_violation)
from sip_probe import Client, Message


@test_realm.test
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
        assert answer['Contact'] == '<sip:fe2.fabrikam.test:5061;transport=tls>;q=0.9'
        fe.order('delay OPTIONS 50')
        assert client.transact('OPTIONS').status == 200
        fe.order('refuse-early REGISTER 403')
        client.accept_unsigned = True
        assert client.register().status == 403
    no_violation(fe)


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
def any_octets_can_be_sent(realm):
    with front_end(realm) as fe, tempfile.NamedTemporaryFile() as file:
        client = Client(fe)
        client.sign_in('NTLM')
        file.write(b'\0\1\2 no message\r\n')
        file.flush()
        fe.order(f'raw alice {file.name}')
        assert client.socket.recv(100) == b'\0\1\2 no message\r\n'


@test_realm.test
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
    test_realm.run_marked()
