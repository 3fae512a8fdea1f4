/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/**
 * OhSipPeer:
 *
 * A front end for tests of what sits on an OhSipStack: takes requests one by one, answers them,
 * sends notifications. Its stack trusts everything: guards have tests of their own.
 */
typedef struct _OhSipPeer OhSipPeer;

/**
 * oh_sip_peer_new:
 * @clock: for the stack
 *
 * Returns: (transfer full): a front end with a connected stack, whose user is
 *   sip:anna@f.test
 */
OhSipPeer *oh_sip_peer_new (OhClock *clock);

/**
 * oh_sip_peer_free:
 * @self: (transfer full): a front end; a test fails here when something was not taken
 */
void oh_sip_peer_free (OhSipPeer *self);

/**
 * oh_sip_peer_stack:
 * @self: a front end
 *
 * Returns: (transfer none): the stack that talks to it
 */
OhSipStack *oh_sip_peer_stack (OhSipPeer *self);

/**
 * oh_sip_peer_take:
 * @self: a front end
 * @method: the method that the next message must have
 * @event: (nullable): the event package that it must name
 *
 * Returns: (transfer full): the next message of the stack
 */
OhSipMessage *oh_sip_peer_take (OhSipPeer *self, const char *method, const char *event);

/**
 * oh_sip_peer_answer:
 * @self: a front end
 * @request: what is answered
 * @status: status code
 * @headers: (nullable): more header lines, each with CR LF
 * @type: (nullable): Content-Type
 * @body: (nullable): the body
 */
void oh_sip_peer_answer (OhSipPeer *self, const OhSipMessage *request, guint status,
                         const char *headers, const char *type, const char *body);

/**
 * oh_sip_peer_notify:
 * @self: a front end
 * @subscribe: the SUBSCRIBE that began the dialog
 * @method: "NOTIFY" or "BENOTIFY"
 * @state: value of Subscription-State
 * @type: (nullable): Content-Type
 * @body: (nullable): the body
 *
 * Sends a notification; the answer to a NOTIFY is to be taken by oh_sip_peer_take().
 */
void oh_sip_peer_notify (OhSipPeer *self, const OhSipMessage *subscribe, const char *method,
                         const char *state, const char *type, const char *body);

/**
 * oh_sip_peer_assert_silent:
 * @self: a front end
 *
 * The test fails when the stack has sent something that was not taken.
 */
void oh_sip_peer_assert_silent (OhSipPeer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSipPeer, oh_sip_peer_free)

G_END_DECLS
