/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-phone.h"

G_BEGIN_DECLS

/**
 * sim_csta_new:
 *
 * uaCSTA over SIP (TR/87) on TCP and TLS: INVITE, INFO, BYE; ECMA-323 documents. "csta_control"
 * switches it on; "csta_challenge" 0, 1 and 2 challenges nothing, the INVITE, or everything, with
 * user_name1, user_pass1 and user_host1 as realm.
 */
SimCsta *sim_csta_new (SimPhone *phone);
void sim_csta_free (SimCsta *self);

gboolean sim_csta_listen (SimCsta *self, const char *address, guint16 port, gboolean tls,
                          GError **error);
guint16 sim_csta_port (SimCsta *self, gboolean tls);

/* While it is down there are no lines; dialogs are forgotten. */
void sim_csta_set_up (SimCsta *self, gboolean up);

/**
 * sim_csta_bye:
 *
 * Ends every dialog.
 *
 * Returns: whether there was one
 */
gboolean sim_csta_bye (SimCsta *self);

/**
 * sim_csta_tell_setting:
 *
 * Tells those who watch that do-not-disturb or forwarding has changed.
 */
void sim_csta_tell_setting (SimCsta *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimCsta, sim_csta_free)

G_END_DECLS
