# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the fake front end share: bodies that clients send, and what to look for."""

import os
import sys
import xml.etree.ElementTree as ET

import test_realm
from sip_probe import FrontEnd, state

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
