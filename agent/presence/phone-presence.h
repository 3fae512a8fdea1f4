/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publisher.h"

G_BEGIN_DECLS

/* Call waiting and transfers pass through idle for a moment. */
#define OH_PHONE_PRESENCE_IDLE_US (G_GINT64_CONSTANT (1500) * G_TIME_SPAN_MILLISECOND)

/**
 * OhPhonePresence:
 *
 * That our phones are in a call, as one of our publications: said at once, taken back a moment
 * later, and not said at all while another client of the user says it.
 */
typedef struct _OhPhonePresence OhPhonePresence;

/**
 * oh_phone_presence_new:
 * @clock: time
 * @queue: where to publish; must outlive this
 * @own: what the server has; must outlive this
 *
 * Returns: (transfer full): nothing is said
 */
OhPhonePresence *oh_phone_presence_new (OhClock *clock, OhPublishQueue *queue,
                                        const OhOwnPublications *own);

/**
 * oh_phone_presence_free:
 * @self: (nullable) (transfer full): what is said
 */
void oh_phone_presence_free (OhPhonePresence *self);

/**
 * oh_phone_presence_set_use:
 * @self: what is said
 * @use: what the phones are doing
 *
 * Kept while not signed in, and said then.
 */
void oh_phone_presence_set_use (OhPhonePresence *self, OhPhoneUse use);

/**
 * oh_phone_presence_look:
 * @self: what is said
 * @publisher: who we are; must live until oh_phone_presence_stop()
 *
 * The server has told what it has: looks whether another client says it, and puts what we say into
 * the queue. The first time after a stop what an earlier run has left behind is deleted.
 */
void oh_phone_presence_look (OhPhonePresence *self, const OhPublisher *publisher);

/**
 * oh_phone_presence_withdraw:
 * @self: what is said
 * @ticket: who waits until it is not said any more
 *
 * Says nothing from now on until the next stop.
 */
void oh_phone_presence_withdraw (OhPhonePresence *self, OhPublishTicket *ticket);

/**
 * oh_phone_presence_stop:
 * @self: what is said
 *
 * The connection is lost; what the phones do is kept.
 */
void oh_phone_presence_stop (OhPhonePresence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhonePresence, oh_phone_presence_free)

G_END_DECLS
