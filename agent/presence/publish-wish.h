/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"
#include "publish-ticket.h"

G_BEGIN_DECLS

/**
 * OhPublishWish:
 * @category: (owned): name of the category
 * @instance: instance number
 * @container: container number
 * @expire: when it ends by itself
 * @body: (owned) (nullable): the content that is wanted; NULL for none
 * @pending: @body is wanted and not sent yet
 * @waiting: (owned) (element-type OhPublishTicket): who waits for @body
 * @in_flight: something is under way
 * @sent: (owned) (nullable): what is under way; NULL for a deletion
 * @aboard: (owned) (element-type OhPublishTicket): who waits for @sent
 * @confirmed: the server has @has from us
 * @rejected: the server does not want @has from us
 * @overwritten: somebody else has published this key since
 * @version: the server's version of @has; 0 while it has not told
 * @has: (owned) (nullable): what arrived last
 *
 * What one of our publications shall be, what is under way, and what the server has of it. Read
 * the fields; the functions change them.
 */
typedef struct
{
  char *category;
  guint32 instance;
  guint32 container;
  OhExpire expire;
  char *body;
  gboolean pending;
  GPtrArray *waiting;
  gboolean in_flight;
  char *sent;
  GPtrArray *aboard;
  gboolean confirmed;
  gboolean rejected;
  gboolean overwritten;
  guint32 version;
  char *has;
} OhPublishWish;

/**
 * oh_publish_wish_new:
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 *
 * Returns: (transfer full): nothing is wanted
 */
OhPublishWish *oh_publish_wish_new (const char *category, guint32 instance, guint32 container);

/**
 * oh_publish_wish_free:
 * @self: (transfer full): a wish; who waits is told TRUE unless something was put in before
 */
void oh_publish_wish_free (OhPublishWish *self);

/**
 * oh_publish_wish_put:
 * @self: a wish
 * @expire: when it ends by itself
 * @body: (nullable): content; NULL for none
 * @ticket: (nullable): who waits for it
 *
 * Does nothing when the server has just that from us, or has refused it or been told otherwise by
 * somebody else and nobody waits: only a person may ask for such a thing again.
 */
void oh_publish_wish_put (OhPublishWish *self, OhExpire expire, const char *body,
                          OhPublishTicket *ticket);

/**
 * oh_publish_wish_depart:
 * @self: a pending wish: its body is under way
 */
void oh_publish_wish_depart (OhPublishWish *self);

/**
 * oh_publish_wish_turn_back:
 * @self: a wish in flight: what was under way did not arrive and is wanted again, unless something
 *   newer is
 */
void oh_publish_wish_turn_back (OhPublishWish *self);

/**
 * oh_publish_wish_arrive:
 * @self: a wish in flight
 * @confirmed: whether the server took it
 * @version: the version that it has now; 0 while it has not told
 * @done: (element-type OhPublishTicket): gets those who waited; to be freed when the caller is
 *   ready to be called back
 */
void oh_publish_wish_arrive (OhPublishWish *self, gboolean confirmed, guint32 version,
                             GPtrArray *done);

/**
 * oh_publish_wish_compare:
 * @self: a wish
 * @version: the version that the server has, 0 for none
 *
 * The server has told what it has: what we have published is gone, or not ours any more, when that
 * is another version than the one that arrived. Versions only grow: a smaller one is old news.
 */
void oh_publish_wish_compare (OhPublishWish *self, guint32 version);

/**
 * oh_publish_wish_settle:
 * @self: a pending wish for nothing, of which the server has nothing
 * @done: (element-type OhPublishTicket): as oh_publish_wish_arrive()
 */
void oh_publish_wish_settle (OhPublishWish *self, GPtrArray *done);

/**
 * oh_publish_wish_is_over:
 * @self: a wish
 *
 * Returns: whether it is deleted and nobody asks for it any more
 */
gboolean oh_publish_wish_is_over (const OhPublishWish *self);

/**
 * oh_publish_wish_same_instance:
 * @a: a wish
 * @b: another
 *
 * Returns: whether they differ in nothing but the container
 */
gboolean oh_publish_wish_same_instance (const OhPublishWish *a, const OhPublishWish *b);

G_END_DECLS
