#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fake front end as a presence server: documents, versions, aggregation, notifications.

usage: test-front-end-presence.py FAKE-FRONT-END
"""

import re
import xml.etree.ElementTree as ET

import test_realm

try:
    import gssapi  # noqa: F401
except ImportError:
    test_realm.skip_all('python3-gssapi is not installed')

from front_end_tests import (BATCH_HEADERS, BATCH_TYPE, SELF_BODY, SELF_TYPE, aggregate, batch,
                             front_end, machine_state, no_violation, phone_state)
from sip_probe import Client, state


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
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


@test_realm.test
def a_change_can_come_as_a_list_of_one(realm):
    with front_end(realm, '--notify-multipart') as fe:
        client = Client(fe)
        client.sign_in('NTLM')
        client.subscribe('presence', batch('bob'), BATCH_TYPE, headers=BATCH_HEADERS)
        fe.order('presence bob dnd')
        notify = client.next_request()
        assert notify['Content-Type'].startswith('multipart/related')
        assert b'version="1"' in notify.body and b'>9500<' in notify.body


if __name__ == '__main__':
    test_realm.run_marked()
