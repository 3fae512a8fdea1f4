/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "error.h"

G_BEGIN_DECLS

/**
 * OhPublishTicket:
 *
 * Somebody who waits for publications: the task returns TRUE when the last reference goes, or the
 * first error that was put in.
 */
typedef struct _OhPublishTicket OhPublishTicket;

/**
 * oh_publish_ticket_new:
 * @task: (transfer full): returned at the end
 *
 * Returns: (transfer full): a ticket
 */
OhPublishTicket *oh_publish_ticket_new (GTask *task);

/**
 * oh_publish_ticket_ref:
 * @self: a ticket
 *
 * Returns: (transfer full): @self
 */
OhPublishTicket *oh_publish_ticket_ref (OhPublishTicket *self);

/**
 * oh_publish_ticket_unref:
 * @self: (transfer full): a ticket
 */
void oh_publish_ticket_unref (OhPublishTicket *self);

/**
 * oh_publish_ticket_fail:
 * @self: a ticket
 * @code: the remedy
 * @message: for the user, translated
 *
 * Puts in an error, unless there is one.
 */
void oh_publish_ticket_fail (OhPublishTicket *self, OhError code, const char *message);

/**
 * oh_publish_tickets_new:
 *
 * Returns: (transfer full) (element-type OhPublishTicket): an empty list that owns its tickets
 */
GPtrArray *oh_publish_tickets_new (void);

/**
 * oh_publish_tickets_fail:
 * @tickets: (element-type OhPublishTicket): a list
 * @error: put into each that has none
 */
void oh_publish_tickets_fail (GPtrArray *tickets, const GError *error);

/**
 * oh_publish_tickets_move:
 * @from: (element-type OhPublishTicket): a list, empty afterwards
 * @to: (element-type OhPublishTicket): gets them behind its own
 */
void oh_publish_tickets_move (GPtrArray *from, GPtrArray *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPublishTicket, oh_publish_ticket_unref)

G_END_DECLS
