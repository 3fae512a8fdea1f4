/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "presence.h"
#include "publish-queue.h"

G_BEGIN_DECLS

/* First hexadecimal digit of instance numbers, [MS-PRES] 3.8.1: the other seven are a hash. */
#define OH_INSTANCE_MACHINE 0x30000000u
#define OH_INSTANCE_PHONE 0x70000000u
#define OH_INSTANCE_KIND_MASK 0xf0000000u

/**
 * oh_publication_body_instance:
 * @kind: OH_INSTANCE_MACHINE, OH_INSTANCE_PHONE, or 0 for 32 bits of hash
 * @text: what the instance stands for: a GRUU, a TEL URI
 *
 * Returns: the instance number, the same for the same text ever after
 */
guint32 oh_publication_body_instance (guint32 kind, const char *text);

/**
 * oh_publication_body_put_state:
 * @queue: where to put it
 * @instance: instance number
 * @expire: when it ends by itself
 * @body: (nullable): the state; NULL deletes
 * @ticket: (nullable): who waits for it
 *
 * Puts a state into both containers from which the server makes what others see.
 */
void oh_publication_body_put_state (OhPublishQueue *queue, guint32 instance, OhExpire expire,
                                    const char *body, OhPublishTicket *ticket);

/**
 * oh_publication_body_has_state:
 * @queue: where it was put
 * @instance: instance number
 *
 * Returns: whether it is wanted at present
 */
gboolean oh_publication_body_has_state (OhPublishQueue *queue, guint32 instance);

/**
 * oh_publication_body_forget_state:
 * @queue: where it was put
 * @instance: instance number
 *
 * What the server has of it in those containers is somebody else's.
 */
void oh_publication_body_forget_state (OhPublishQueue *queue, guint32 instance);

/**
 * oh_publication_body_put_choice:
 * @queue: where to put it
 * @availability: what the user has chosen
 * @ticket: who waits for it
 *
 * Returns: FALSE when that cannot be chosen; nothing was put then
 */
gboolean oh_publication_body_put_choice (OhPublishQueue *queue, OhAvailability availability,
                                         OhPublishTicket *ticket);

/**
 * oh_publication_body_put_dnd:
 * @queue: where to put it
 * @own: what the server has
 * @dnd: whether the phones are not to be disturbed
 * @ticket: who waits for it
 *
 * "Do not disturb" for a day above what the user has chosen, which shows again when it is taken
 * back; where the user has chosen just that, the choice goes with it.
 */
void oh_publication_body_put_dnd (OhPublishQueue *queue, const OhOwnPublications *own, gboolean dnd,
                                  OhPublishTicket *ticket);

/**
 * oh_publication_body_put_reset:
 * @queue: where to put it
 * @ticket: who waits for it
 *
 * Takes the choice back, also one for a day that another client has made.
 */
void oh_publication_body_put_reset (OhPublishQueue *queue, OhPublishTicket *ticket);

/**
 * oh_publication_body_put_note:
 * @queue: where to put it
 * @note: the user's note; "" removes it
 * @ticket: who waits for it
 */
void oh_publication_body_put_note (OhPublishQueue *queue, const char *note,
                                   OhPublishTicket *ticket);

G_END_DECLS
