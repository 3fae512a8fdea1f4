# SPDX-License-Identifier: GPL-3.0-or-later
"""A small SIP client for tests, on Python's ssl and MIT's GSSAPI.

It shares nothing with the product nor with the fake front end: own framing, own text to sign
([MS-SIPAE] 3.1.4.2), the mechanisms of python3-gssapi, and a model of the NTLM signature on
hashlib. What both ends of a test agree on is therefore more than one author's opinion.
"""

import base64
import hashlib
import hmac
import json
import os
import queue
import re
import socket
import ssl
import struct
import subprocess
import threading
import uuid

REALM = 'SIP Communications Service'
# No event of these tests takes longer; a test that waits so long has failed.
TIMEOUT_S = 20


# ---------------------------------------------------------------- the signature, as a model

def rc4(key, data):
    s = list(range(256))
    j = 0
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) % 256
        s[i], s[j] = s[j], s[i]
    out, i, j = bytearray(), 0, 0
    for octet in data:
        i = (i + 1) % 256
        j = (j + s[i]) % 256
        s[i], s[j] = s[j], s[i]
        out.append(octet ^ s[(s[i] + s[j]) % 256])
    return bytes(out)


def ntlm_mic(session_key, direction, text):
    """[MS-NLMP] 3.4.4.2 in connectionless mode with the constant sequence number 100."""
    number = struct.pack('<I', 100)

    def key(kind):
        magic = f'session key to {direction} {kind} key magic constant\0'.encode()
        return hashlib.md5(session_key + magic).digest()

    seal = hashlib.md5(key('sealing') + number).digest()
    check = hmac.new(key('signing'), number + text.encode(), hashlib.md5).digest()[:8]
    return (b'\1\0\0\0' + rc4(seal, check) + number).hex()


def inner_uri(value):
    value = value.strip()
    if value.startswith('"'):
        value = value[value.index('"', 1) + 1:]
    found = re.search(r'<([^>]*)>', value)
    return found.group(1) if found else value.split(';')[0].strip()


def parameter(value, name):
    value = re.sub(r'^\s*"[^"]*"', '', value)
    tail = value[value.index('>') + 1:] if '>' in value else value[len(value.split(';')[0]):]
    found = re.search(r'(?i);\s*' + re.escape(name) + r'\s*=\s*("[^"]*"|[^;]*)', tail)
    return found.group(1).strip().strip('"') if found else ''


def identities(message):
    lines = message.all('P-Asserted-Identity') or message.all('P-Preferred-Identity')
    items = []
    for line in lines:
        items += re.findall(r'(?:"[^"]*"\s*)?<[^>]*>|[^,\s<>"]+', line)
    uris = [inner_uri(item) for item in items]
    sip = next((u for u in uris if re.match(r'(?i)sips?:', u)), '')
    tel = next((u for u in uris if re.match(r'(?i)tel:', u)), '')
    return [sip, tel]


def text_to_sign(message, scheme, salt, number, realm, target, version=4):
    cseq_number, cseq_method = message['CSeq'].split()
    sender, receiver = message['From'], message['To']
    fields = [scheme, salt, number, realm, target, message['Call-ID'], cseq_number, cseq_method,
              inner_uri(sender), parameter(sender, 'tag')]
    if version >= 3:
        fields.append(inner_uri(receiver))
    fields.append(parameter(receiver, 'tag'))
    if version >= 3:
        fields += identities(message)
    fields.append(message.get('Expires', ''))
    if message.status:
        fields.append(str(message.status))
    return ''.join(f'<{field}>' for field in fields)


# ---------------------------------------------------------------- messages

class Message:
    def __init__(self, start, headers, body=b''):
        self.start, self.headers, self.body = start, headers, body
        words = start.split(' ', 2)
        self.status = int(words[1]) if words[0] == 'SIP/2.0' else 0
        self.method = '' if self.status else words[0]

    @classmethod
    def parse(cls, head, body=b''):
        lines = re.sub(r'\r?\n[ \t]+', ' ', head).replace('\r', '').split('\n')
        headers = [tuple(part.strip() for part in line.split(':', 1)) for line in lines[1:] if line]
        return cls(lines[0], headers, body)

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def get(self, name, default=None):
        found = self.all(name)
        return found[0] if found else default

    def __getitem__(self, name):
        value = self.get(name)
        assert value is not None, f'{name} is missing in {self.start}'
        return value

    def to_bytes(self):
        lines = [self.start] + [f'{key}: {value}' for key, value in self.headers]
        lines.append(f'Content-Length: {len(self.body)}')
        return ('\r\n'.join(lines) + '\r\n\r\n').encode() + self.body

    def credentials(self, name):
        value = self.get(name)
        if value is None:
            return None
        scheme, rest = value.split(' ', 1)
        found = dict(re.findall(r'([\w-]+)=("[^"]*"|[^,\s]*)', rest))
        return scheme, {key.lower(): text.strip('"') for key, text in found.items()}


# ---------------------------------------------------------------- mechanisms

class Mechanism:
    """The client's half of a scheme on gssapi."""

    def __init__(self, scheme, server, login='FABRIKAM\\alice', password='Passw0rd!'):
        from gssapi import raw
        self.raw, self.scheme = raw, scheme
        self.context = None
        self.target = raw.import_name(f'sip@{server}'.encode(), raw.NameType.hostbased_service)
        if scheme == 'NTLM':
            import gssapi
            self.oid = gssapi.OID.from_int_seq('1.3.6.1.4.1.311.2.2.10')
            self.flags = 0x20 | 0x10000 | 0x2000  # integrity, datagram, identify
        else:
            self.oid = raw.MechType.kerberos
            self.flags = 0x20  # integrity only
        name = raw.import_name(login.encode(), raw.NameType.user)
        self.credential = raw.acquire_cred_with_password(name, password.encode(), mechs=[self.oid],
                                                         usage='initiate').creds

    def step(self, token):
        answer = self.raw.init_sec_context(self.target, self.credential, self.context,
                                           mech=self.oid, flags=self.flags,
                                           input_token=token or None)
        self.context = answer.context
        if self.scheme == 'NTLM' and not answer.more_steps:
            import gssapi
            number = gssapi.OID.from_int_seq('1.3.6.1.4.1.7165.655.1.1')
            self.raw.set_sec_context_option(number, self.context, struct.pack('=I', 100))
        return answer.token or b''

    def sign(self, text):
        return self.raw.get_mic(self.context, text.encode()).hex()

    def verify(self, text, signature):
        self.raw.verify_mic(self.context, text.encode(), bytes.fromhex(signature))

    def session_key(self):
        import gssapi
        oid = gssapi.OID.from_int_seq('1.2.840.113554.1.2.2.5.5')
        return self.raw.inquire_sec_context_by_oid(self.context, oid)[0]


# ---------------------------------------------------------------- the front end as a process

class FrontEnd:
    """A running fake-front-end; its events are read as they come."""

    def __init__(self, program, certs, realm, *options, server='fe1.fabrikam.test'):
        self.process = subprocess.Popen(
            [program, '--certificate', f'{certs}/{server}.pem', '--keytab', f'{realm}/sip.keytab',
             '--ntlm-users', f'{realm}/ntlm-users', *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ca, self.server, self.log = f'{certs}/ca.pem', server, []
        self.queue, self.held = queue.Queue(), []
        threading.Thread(target=self._read, daemon=True).start()
        self.port = self.wait('listening')['port']

    def _read(self):
        for line in self.process.stdout:
            self.queue.put(json.loads(line))
        self.queue.put(None)

    def _next(self):
        event = self.queue.get(timeout=TIMEOUT_S)
        assert event is not None, 'the front end ended'
        self.log.append(event)
        return event

    def wait(self, name, **wanted):
        """Takes events until one of that name has these values."""
        while True:
            event = self.held.pop(0) if self.held else self._next()
            if event['event'] == name and all(event.get(k) == v for k, v in wanted.items()):
                return event

    def order(self, command):
        """Gives a command; what it leads to can be waited for afterwards."""
        self.process.stdin.write(command + '\n')
        self.process.stdin.flush()
        while (event := self._next())['event'] != 'control':
            self.held.append(event)
        assert event['command'] == command and event['ok'], event

    def violations(self):
        return [event for event in self.log if event['event'] == 'violation']

    def close(self):
        """Ends it; gives all events."""
        if self.process.poll() is None:
            self.process.stdin.write('quit\n')
            self.process.stdin.close()
        while (event := self.queue.get(timeout=TIMEOUT_S)) is not None:
            self.log.append(event)
        status = self.process.wait(timeout=TIMEOUT_S)
        assert status == 0, f'the front end ended with {status}'
        return self.log

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.close()
        else:
            self.process.kill()
            self.process.wait()


# ---------------------------------------------------------------- the client

class Client:
    def __init__(self, front_end, user='alice', epid='9f27c46e10ab',
                 instance='f066452c-0d2f-55f2-a012-a8b37bea8f50', version=4, family=401,
                 accept_unsigned=False):
        self.front_end, self.version, self.family = front_end, version, family
        self.uri = f'sip:{user}@fabrikam.test'
        self.epid, self.instance, self.gruu = epid, instance, None
        self.tag, self.call_id, self.cseq = uuid.uuid4().hex[:10], uuid.uuid4().hex, 0
        self.mechanism = self.opaque = self.target = None
        self.cnum, self.seen, self.buffer = 0, set(), b''
        self.requests = []  # of the server, in the order they came
        self.accept_unsigned = accept_unsigned
        context = ssl.create_default_context(cafile=front_end.ca)
        base = socket.create_connection(('127.0.0.1', front_end.port), timeout=TIMEOUT_S)
        self.socket = context.wrap_socket(base, server_hostname=front_end.server)

    # sending

    def request(self, method, uri, call_id, cseq, headers=(), body=b'', to=None, tag=None):
        base = [('Via', f'SIP/2.0/TLS 127.0.0.1:50611;branch=z9hG4bK{uuid.uuid4().hex[:16]}'),
                ('Max-Forwards', '70'),
                ('From', f'<{self.uri}>;tag={tag or self.tag};epid={self.epid}'),
                ('To', to or f'<{self.uri}>'), ('Call-ID', call_id), ('CSeq', f'{cseq} {method}'),
                ('User-Agent', 'Probe/1.0')]
        return Message(f'{method} {uri} SIP/2.0', base + list(headers), body)

    def send(self, message):
        self.socket.sendall(message.to_bytes())

    def credentials(self, scheme, words):
        name = 'Authorization' if self.family == 401 else 'Proxy-Authorization'
        quoted = ', '.join(f'{key}={value}' if key == 'version' else f'{key}="{value}"'
                           for key, value in words)
        return name, f'{scheme} {quoted}'

    def sign(self, message, extra=(), cnum=None, spoil=False):
        if cnum is None:
            self.cnum += 1
            cnum = self.cnum
        crand = os.urandom(4).hex()
        text = text_to_sign(message, self.mechanism.scheme, crand, str(cnum), REALM, self.target,
                            self.version)
        response = self.mechanism.sign(text)
        if spoil:
            response = response[:-10] + ('0' if response[-10] != '0' else '1') + response[-9:]
        words = [('qop', 'auth')] + ([('opaque', self.opaque)] if self.opaque else []) + [
            ('realm', REALM), ('targetname', self.target), *extra, ('crand', crand),
            ('cnum', cnum), ('response', response)]
        message.headers.append(self.credentials(self.mechanism.scheme, words))
        return message

    # receiving

    def read(self):
        while b'\r\n\r\n' not in self.buffer:
            self.more()
        head, rest = self.buffer.split(b'\r\n\r\n', 1)
        message = Message.parse(head.decode())
        length = int(message['Content-Length'])
        while len(rest) < length:
            before = len(self.buffer)
            self.more()
            rest += self.buffer[before:]
        message.body, self.buffer = rest[:length], rest[length:]
        return message

    def more(self):
        octets = self.socket.recv(65536)
        if not octets:
            raise ConnectionError('closed by the front end')
        self.buffer += octets

    def verify(self, message):
        """The signature of the server; its numbers may not come twice."""
        name = 'Authentication-Info' if self.family == 401 else 'Proxy-Authentication-Info'
        found = message.credentials(name)
        assert found, f'unsigned: {message.start}'
        scheme, words = found
        text = text_to_sign(message, scheme, words['srand'], words['snum'], words['realm'],
                            words['targetname'], self.version)
        self.mechanism.verify(text, words['rspauth'])
        if scheme == 'NTLM':
            model = ntlm_mic(self.mechanism.session_key(), 'server-to-client', text)
            assert model == words['rspauth'].lower(), 'the model of the NTLM signature differs'
        assert words['snum'] not in self.seen, 'replayed'
        self.seen.add(words['snum'])
        assert words['opaque'] == self.opaque or not self.opaque
        self.opaque = words['opaque']

    def receive(self):
        """One message, verified once there is an association."""
        message = self.read()
        if self.cnum > 0 and message.status not in (401, 407) and not self.accept_unsigned:
            self.verify(message)
        return message

    def answer_to(self, call_id, cseq):
        """The final response; requests of the server that come first are kept."""
        while True:
            message = self.receive()
            if not message.status:
                self.requests.append(message)
            elif message['Call-ID'] == call_id and message['CSeq'].split()[0] == str(cseq):
                return message

    def next_request(self):
        if self.requests:
            return self.requests.pop(0)
        message = self.receive()
        assert not message.status, message.start
        return message

    def answer(self, request, status='200 OK'):
        headers = [(k, v) for k, v in request.headers
                   if k.lower() in ('via', 'from', 'to', 'call-id', 'cseq')]
        self.send(self.sign(Message(f'SIP/2.0 {status}', headers)))

    # conversations

    def register(self, headers=(), sign=True, expires=None, **keywords):
        """One REGISTER, signed once there is an association, and its answer."""
        self.cseq += 1
        contact = (f'<sip:127.0.0.1:50611;transport=tls;ms-opaque=a1b2c3d4e5>;'
                   f'methods="INVITE, OPTIONS, BYE, CANCEL, NOTIFY, ACK, BENOTIFY";proxy=replace;'
                   f'+sip.instance="<urn:uuid:{self.instance}>"')
        message = self.request('REGISTER', 'sip:fabrikam.test', self.call_id, self.cseq, [
            ('Contact', contact), ('Supported', 'gruu-10, adhoclist, msrtc-event-categories'),
            ('ms-keep-alive', 'UAC;hop-hop=yes'), ('Event', 'registration'), *headers])
        if expires is not None:
            message.headers.append(('Expires', str(expires)))
        if sign:
            self.sign(message, **keywords)
        self.send(message)
        return self.answer_to(self.call_id, self.cseq)

    def offers(self, answer):
        name = 'WWW-Authenticate' if self.family == 401 else 'Proxy-Authenticate'
        assert answer.status == self.family, answer.start
        return {Message('x', [('h', value)]).credentials('h')[0]:
                Message('x', [('h', value)]).credentials('h')[1] for value in answer.all(name)}

    def handshake(self, mechanism, offer):
        """The last REGISTER of the handshake, with the final token."""
        self.mechanism, self.target = mechanism, offer['targetname']
        self.opaque, self.seen = None, set()
        version = [('version', offer['version'])] if 'version' in offer else []
        if mechanism.scheme == 'NTLM':
            empty = self.credentials('NTLM', [('qop', 'auth'), ('realm', REALM),
                                              ('targetname', self.target), ('gssapi-data', ''),
                                              *version])
            assert mechanism.step(b'') == b''
            challenge = self.offers(self.register([empty], sign=False))['NTLM']
            self.opaque = challenge['opaque']
            token = mechanism.step(base64.b64decode(challenge['gssapi-data']))
        else:
            token = mechanism.step(b'')
        data = [('gssapi-data', base64.b64encode(token).decode()), *version]
        self.cnum = 0
        if self.version >= 4:
            answer = self.register(extra=data)
            if answer.status == 200:
                self.learn(answer)
            return answer
        words = [('qop', 'auth')] + ([('opaque', self.opaque)] if self.opaque else []) + [
            ('realm', REALM), ('targetname', self.target), *data]
        answer = self.register([self.credentials(mechanism.scheme, words)], sign=False)
        if answer.status == 200:
            self.verify(answer)
            self.learn(answer)
        return answer

    def learn(self, answer):
        self.gruu = parameter(answer['Contact'], 'gruu')
        assert self.gruu, 'no GRUU'

    def sign_in(self, scheme='NTLM', login=None, password='Passw0rd!'):
        user = self.uri[4:].split('@')[0]
        login = login or (f'FABRIKAM\\{user}' if scheme == 'NTLM' else f'{user}@FABRIKAM.TEST')
        offer = self.offers(self.register(sign=False))[scheme]
        answer = self.handshake(Mechanism(scheme, self.front_end.server, login, password), offer)
        return answer

    def transact(self, method, headers=(), body=b'', call_id=None, cseq=1, to=None, uri=None,
                 **keywords):
        call_id = call_id or uuid.uuid4().hex
        message = self.request(method, uri or self.uri, call_id, cseq,
                               [('Contact', f'<{self.gruu}>'), *headers], body, to=to)
        self.send(self.sign(message, **keywords))
        return self.answer_to(call_id, cseq)

    def in_dialog(self, answer):
        """What a request in the dialog that @answer began is sent with."""
        return dict(uri=inner_uri(answer['Contact']), to=answer['To'], call_id=answer['Call-ID'],
                    cseq=int(answer['CSeq'].split()[0]) + 1,
                    headers=[('Route', value) for value in reversed(answer.all('Record-Route'))])

    def subscribe(self, event, body=b'', content_type=None, supported=(), **keywords):
        headers = [('Event', event)]
        headers += [('Supported', 'ms-piggyback-first-notify'), ('Supported', 'ms-benotify'),
                    ('Proxy-Require', 'ms-benotify')] if supported == () else list(supported)
        if content_type:
            headers.append(('Content-Type', content_type))
        return self.transact('SUBSCRIBE', headers + keywords.pop('headers', []), body, **keywords)

    def publish(self, *operations):
        body = ''.join(
            f'<publication categoryName="{o["category"]}" instance="{o.get("instance", 7)}" '
            f'container="{o.get("container", 2)}" version="{o.get("version", 0)}" '
            f'expireType="{o.get("expire_type", "endpoint")}"' +
            (' expires="0"/>' if o.get('delete') else f'>{o["content"]}</publication>')
            for o in operations)
        xml = ('<publish xmlns="http://schemas.microsoft.com/2006/09/sip/rich-presence">'
               f'<publications uri="{self.uri}">{body}</publications></publish>')
        return self.transact('SERVICE', [('Content-Type',
                                          'application/msrtc-category-publish+xml')], xml.encode())

    def close(self):
        self.socket.close()


def state(kind, availability, activity=''):
    token = f'<activity token="{activity}"/>' if activity else ''
    return ('<state xmlns="http://schemas.microsoft.com/2006/09/sip/state" manual="false" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="{kind}">'
            f'<availability>{availability}</availability>{token}</state>')
