/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"
#include "presence.h"

G_BEGIN_DECLS

/* Publications of one account; ten clients have some hundred. */
#define OH_OWN_PUBLICATIONS_MAX 4096u

/**
 * OhOwnPublications:
 *
 * What the server has of us, of all our clients, as far as it has told: the key of each publication
 * (category, instance, container) with its version.
 */
typedef struct _OhOwnPublications OhOwnPublications;

/**
 * oh_own_publications_new:
 *
 * Returns: (transfer full): nothing known
 */
OhOwnPublications *oh_own_publications_new (void);

/**
 * oh_own_publications_free:
 * @self: (transfer full): what is known
 */
void oh_own_publications_free (OhOwnPublications *self);

/**
 * oh_own_publications_clear:
 * @self: what is known
 */
void oh_own_publications_clear (OhOwnPublications *self);

/**
 * OhOwnNews:
 * @OH_OWN_NEWS_STATE: the state that the server has made of all others
 * @OH_OWN_NEWS_NOTE: our note, or that there is none
 *
 * What a document says of how others see us.
 */
typedef enum
{
  OH_OWN_NEWS_STATE = 1 << 0,
  OH_OWN_NEWS_NOTE = 1 << 1,
} OhOwnNews;

/**
 * oh_own_publications_apply:
 * @self: what is known
 * @categories: what the server says
 *
 * Of each category that is named, what was known is replaced by what the document has, [MS-PRES]
 * 3.8.5; only the aggregate state stays until another one comes. Elements without content only
 * remove: all of the category, or all of a container, or one key.
 *
 * Returns: the OhOwnNews that are in it
 */
guint oh_own_publications_apply (OhOwnPublications *self, const OhCategories *categories);

/**
 * oh_own_publications_version:
 * @self: what is known
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 *
 * Returns: the version that a new publication replaces; 0 when there is none
 */
guint32 oh_own_publications_version (const OhOwnPublications *self, const char *category,
                                     guint32 instance, guint32 container);

/**
 * oh_own_publications_set_version:
 * @self: what is known
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 * @version: the version that the server says it has; 0 for none
 */
void oh_own_publications_set_version (OhOwnPublications *self, const char *category,
                                      guint32 instance, guint32 container, guint32 version);

/**
 * oh_own_publications_presence:
 * @self: what is known
 *
 * How others see us: the aggregate state that the server has made of all our clients' states,
 * with the newest note.
 *
 * Returns: (transfer full): unknown while the server has told of no such state
 */
OhPresence *oh_own_publications_presence (const OhOwnPublications *self);

/**
 * oh_own_publications_line:
 * @self: what is known
 *
 * Returns: (transfer none) (nullable): TEL URI of our line, as the server knows it
 */
const char *oh_own_publications_line (const OhOwnPublications *self);

/**
 * oh_own_publications_signed_in_elsewhere:
 * @self: what is known
 * @endpoint_id: our own instance id
 *
 * Returns: whether another client of ours has published a device
 */
gboolean oh_own_publications_signed_in_elsewhere (const OhOwnPublications *self,
                                                  const char *endpoint_id);

/**
 * oh_own_publications_availability:
 * @self: what is known
 * @instance: instance number of a state
 *
 * Returns: the availability that this state has for most people; 0 when there is no such state
 */
guint32 oh_own_publications_availability (const OhOwnPublications *self, guint32 instance);

/**
 * OhOwnPublication:
 * @category: name of the category
 * @instance: instance number
 * @container: container number
 * @expire: when it ends by itself
 * @state_type: of a state
 * @endpoint_id: (nullable): who published it
 *
 * One of them, as oh_own_publications_foreach() shows it.
 */
typedef struct
{
  const char *category;
  guint32 instance;
  guint32 container;
  OhExpire expire;
  OhStateType state_type;
  const char *endpoint_id;
} OhOwnPublication;

/**
 * oh_own_publications_foreach:
 * @self: what is known; must not be changed within @func
 * @func: called for each state
 * @user_data: for @func
 */
void oh_own_publications_foreach (const OhOwnPublications *self,
                                  void (*func) (const OhOwnPublication *one, gpointer user_data),
                                  gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhOwnPublications, oh_own_publications_free)

G_END_DECLS
