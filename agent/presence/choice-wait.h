/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "own-publications.h"
#include "publish-ticket.h"

G_BEGIN_DECLS

/**
 * OhChoiceWait:
 *
 * Who has chosen how to be seen and waits: first until the server has accepted it, then until it
 * has said what it made of it. That is in its answer or comes in a notification.
 */
typedef struct _OhChoiceWait OhChoiceWait;

/**
 * oh_choice_wait_new:
 * @clock: time
 * @limit_us: how long the notification may take
 *
 * Returns: (transfer full): nobody waits
 */
OhChoiceWait *oh_choice_wait_new (OhClock *clock, gint64 limit_us);

/**
 * oh_choice_wait_free:
 * @self: (nullable) (transfer full): frees it; who waits is told as by oh_choice_wait_give_up()
 */
void oh_choice_wait_free (OhChoiceWait *self);

/**
 * oh_choice_wait_add:
 * @self: who waits
 * @task: returns TRUE when the server has said it, FALSE without an error when it did not; or the
 *   error of the ticket
 * @news: the OhOwnNews that it waits for
 *
 * Returns: (transfer full): to be given to what is published
 */
OhPublishTicket *oh_choice_wait_add (OhChoiceWait *self, GTask *task, guint news);

/**
 * oh_choice_wait_answered:
 * @self: who waits
 * @news: the OhOwnNews in an answer to what we have published
 */
void oh_choice_wait_answered (OhChoiceWait *self, guint news);

/**
 * oh_choice_wait_notified:
 * @self: who waits
 * @news: the OhOwnNews in a notification
 */
void oh_choice_wait_notified (OhChoiceWait *self, guint news);

/**
 * oh_choice_wait_give_up:
 * @self: who waits; nobody after that: it was accepted, and what became of it is not known
 */
void oh_choice_wait_give_up (OhChoiceWait *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhChoiceWait, oh_choice_wait_free)

G_END_DECLS
