/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "own-publications.h"
#include "publish-wish.h"
#include "publish-xml.h"

G_BEGIN_DECLS

/* How long a publication lasts that ends by itself; a day, as the user's other clients have it. */
#define OH_PUBLISH_TIMED_S (24u * 60 * 60)

/**
 * OhPublishWishes:
 *
 * What all our publications shall be, and which of them are under way: the list that a queue
 * brings to the server. Sends nothing itself.
 */
typedef struct _OhPublishWishes OhPublishWishes;

/**
 * oh_publish_wishes_new:
 * @own: what the server has; must outlive the list
 *
 * Returns: (transfer full): nothing is wanted
 */
OhPublishWishes *oh_publish_wishes_new (OhOwnPublications *own);

/**
 * oh_publish_wishes_free:
 * @self: (transfer full): a list; who waits is told as by oh_publish_wish_free()
 */
void oh_publish_wishes_free (OhPublishWishes *self);

/**
 * oh_publish_wishes_put:
 * @self: a list
 * @item: what the key shall be from now on; its version is not looked at
 * @ticket: (nullable): who waits for it
 */
void oh_publish_wishes_put (OhPublishWishes *self, const OhPublishItem *item,
                            OhPublishTicket *ticket);

/**
 * oh_publish_wishes_has:
 * @self: a list
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 *
 * Returns: whether content is wanted for that key
 */
gboolean oh_publish_wishes_has (OhPublishWishes *self, const char *category, guint32 instance,
                                guint32 container);

/**
 * oh_publish_wishes_is_overwritten:
 * @self: a list
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 *
 * Returns: whether somebody else has published that key after us
 */
gboolean oh_publish_wishes_is_overwritten (OhPublishWishes *self, const char *category,
                                           guint32 instance, guint32 container);

/**
 * oh_publish_wishes_forget:
 * @self: a list
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 *
 * Nothing is wanted of that key, whatever the server has. What is under way stays under way.
 */
void oh_publish_wishes_forget (OhPublishWishes *self, const char *category, guint32 instance,
                               guint32 container);

/**
 * oh_publish_wishes_compare:
 * @self: a list
 *
 * The server has told what it has: see oh_publish_wish_compare().
 */
void oh_publish_wishes_compare (OhPublishWishes *self);

/**
 * oh_publish_wishes_depart:
 * @self: a list, nothing under way
 * @alone: only publications of one instance
 *
 * Takes what goes with the next request, at most OH_PUBLISH_ITEMS_MAX, in the order in which it was
 * wanted.
 *
 * Returns: (transfer full) (element-type OhPublishItem): with the versions that they replace; its
 *   strings are those of the list
 */
GArray *oh_publish_wishes_depart (OhPublishWishes *self, gboolean alone);

/**
 * oh_publish_wishes_turn_back:
 * @self: a list: what is under way did not arrive and is wanted again
 */
void oh_publish_wishes_turn_back (OhPublishWishes *self);

/**
 * oh_publish_wishes_arrive:
 * @self: a list
 * @confirmed: whether the server took what is under way
 * @told: whether it has told the versions
 * @done: (element-type OhPublishTicket): gets those who waited
 */
void oh_publish_wishes_arrive (OhPublishWishes *self, gboolean confirmed, gboolean told,
                               GPtrArray *done);

/**
 * oh_publish_wishes_settle:
 * @self: a list
 * @done: (element-type OhPublishTicket): gets those who waited for a deletion of what the server
 *   does not have
 */
void oh_publish_wishes_settle (OhPublishWishes *self, GPtrArray *done);

/**
 * oh_publish_wishes_count_on:
 * @self: a list
 *
 * What is under way was taken, and the server did not say which versions it has now: until it
 * does, one more each.
 */
void oh_publish_wishes_count_on (OhPublishWishes *self);

/**
 * oh_publish_wishes_correct:
 * @self: a list
 * @fault: what the server says of what is under way
 *
 * Returns: how many versions it has corrected
 */
guint oh_publish_wishes_correct (OhPublishWishes *self, const OhPublishFault *fault);

/**
 * oh_publish_wishes_are_several:
 * @self: a list
 *
 * Returns: whether publications of more than one instance are under way
 */
gboolean oh_publish_wishes_are_several (OhPublishWishes *self);

/**
 * oh_publish_wishes_take_waiting:
 * @self: a list
 * @told: (element-type OhPublishTicket): gets everybody who waits for what is not under way; it
 *   stays wanted
 */
void oh_publish_wishes_take_waiting (OhPublishWishes *self, GPtrArray *told);

/**
 * oh_publish_wishes_fail:
 * @self: a list, nothing is wanted afterwards
 * @error: what everybody who waits is told
 */
void oh_publish_wishes_fail (OhPublishWishes *self, const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPublishWishes, oh_publish_wishes_free)

G_END_DECLS
