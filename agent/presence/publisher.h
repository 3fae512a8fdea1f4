/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publication.h"
#include "publish-queue.h"

G_BEGIN_DECLS

/**
 * OhPublisher:
 *
 * Who publishes at this sign-in, and what is to be said of this computer: the instance numbers are
 * made of it, so that they are the same after a restart.
 */
typedef struct _OhPublisher OhPublisher;

/**
 * oh_publisher_new:
 * @identity: who; copied
 *
 * Returns: (transfer full): a publisher
 */
OhPublisher *oh_publisher_new (const OhPublicationIdentity *identity);

/**
 * oh_publisher_free:
 * @self: (nullable) (transfer full): a publisher
 */
void oh_publisher_free (OhPublisher *self);

/**
 * oh_publisher_uri:
 * @self: a publisher
 *
 * Returns: (transfer none): our own address, with "sip:"
 */
const char *oh_publisher_uri (const OhPublisher *self);

/**
 * oh_publisher_endpoint_id:
 * @self: a publisher
 *
 * Returns: (transfer none): our instance id
 */
const char *oh_publisher_endpoint_id (const OhPublisher *self);

/**
 * oh_publisher_is_another:
 * @self: a publisher
 * @endpoint_id: (nullable): who published something, as far as the server says
 *
 * Returns: whether it says that it was not us
 */
gboolean oh_publisher_is_another (const OhPublisher *self, const char *endpoint_id);

/**
 * oh_publisher_phone_instance:
 * @self: a publisher
 * @own: where the server may have told our line
 *
 * By the line, so that nobody who publishes the same line makes a second state of it.
 *
 * Returns: the instance number of the phones' state
 */
guint32 oh_publisher_phone_instance (const OhPublisher *self, const OhOwnPublications *own);

/**
 * oh_publisher_put_device:
 * @self: a publisher
 * @queue: where to put it
 * @offset_s: seconds that local time is ahead of UTC
 *
 * This computer as a device that takes no calls.
 */
void oh_publisher_put_device (const OhPublisher *self, OhPublishQueue *queue, int offset_s);

/**
 * oh_publisher_put_machine:
 * @self: a publisher
 * @queue: where to put it
 * @own: which other clients of the user there are
 * @use: what is known of this computer
 *
 * The server shows the most available machine: beside another client of the user we say "away", so
 * that the other one decides, alone we say what we know.
 */
void oh_publisher_put_machine (const OhPublisher *self, OhPublishQueue *queue,
                               const OhOwnPublications *own, OhMachineUse use);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPublisher, oh_publisher_free)

G_END_DECLS
