/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-bodies.h"
#include "fe-people.h"
#include "fe-state.h"

G_BEGIN_DECLS

/**
 * FeStoreFunc:
 * @person: whose publications changed without a client asking: time ran out, endpoint gone
 * @category: which
 * @user_data: as given
 */
typedef void (*FeStoreFunc) (FePerson *person, const char *category, gpointer user_data);

/**
 * FeStore:
 *
 * What everybody has published: category instances in containers, with versions; and what the
 * server makes of it, the aggregate state.
 */
typedef struct _FeStore FeStore;

/**
 * fe_store_new:
 * @changed: called when something changed by itself
 * @user_data: for @changed
 *
 * Returns: (transfer full): nothing is published
 */
FeStore *fe_store_new (FeStoreFunc changed, gpointer user_data);

/**
 * fe_store_free:
 * @self: (transfer full) (nullable): the store
 */
void fe_store_free (FeStore *self);

/**
 * fe_store_version:
 * @self: the store
 * @person: whose
 * @operation: names the key
 *
 * Returns: the version that a publication of that key has to name; 0 when there is none
 */
guint fe_store_version (FeStore *self, FePerson *person, const FeOperation *operation);

/**
 * fe_store_bump:
 * @self: the store
 * @person: whose
 * @operation: names the key
 *
 * Moves the version on, as if somebody else had published.
 */
void fe_store_bump (FeStore *self, FePerson *person, const FeOperation *operation);

/**
 * fe_store_apply:
 * @self: the store
 * @person: who publishes
 * @epid: from which endpoint
 * @operation: version already checked
 */
void fe_store_apply (FeStore *self, FePerson *person, const char *epid,
                     const FeOperation *operation);

/**
 * fe_store_set_note:
 * @self: the store
 * @person: whose
 * @text: personal note; "" for none
 */
void fe_store_set_note (FeStore *self, FePerson *person, const char *text);

/**
 * fe_store_drop_endpoint:
 * @self: the store
 * @person: whose
 * @epid: the endpoint that is gone
 * @is_last: whether it was the last one of the person
 *
 * Removes what is bound to it. The aggregate is not made anew.
 */
void fe_store_drop_endpoint (FeStore *self, FePerson *person, const char *epid, gboolean is_last);

/**
 * fe_store_count:
 * @self: the store
 * @person: whose
 * @expire_type: "endpoint", "user", "time" or "static"
 *
 * Returns: how many publications of that kind their endpoints have made and not taken back
 */
guint fe_store_count (FeStore *self, FePerson *person, const char *expire_type);

/**
 * fe_store_seen:
 * @self: the store
 * @person: whose
 * @out_state: (out): the aggregate that colleagues see; all zero without one
 * @out_note: (out) (transfer full) (nullable): the text of their note, escaped as XML wants it
 */
void fe_store_seen (FeStore *self, FePerson *person, FeState *out_state, char **out_note);

/**
 * fe_store_aggregate:
 * @self: the store
 * @person: whose
 * @is_registered: whether any of their endpoints is
 *
 * Makes the aggregate state anew; emits the event "aggregate" when it changed.
 *
 * Returns: whether it changed
 */
gboolean fe_store_aggregate (FeStore *self, FePerson *person, gboolean is_registered);

/**
 * fe_store_write_own:
 * @self: the store
 * @person: whose
 * @category: (nullable): only that one; NULL for all
 * @xml: gets <category> elements for the owner
 */
void fe_store_write_own (FeStore *self, FePerson *person, const char *category, GString *xml);

/**
 * fe_store_write_for_watcher:
 * @self: the store
 * @person: whose
 * @category: which
 * @xml: gets the <category> elements that a colleague may see
 */
void fe_store_write_for_watcher (FeStore *self, FePerson *person, const char *category,
                                 GString *xml);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeStore, fe_store_free)

G_END_DECLS
