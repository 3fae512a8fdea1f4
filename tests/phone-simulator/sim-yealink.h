/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-routes.h"

G_BEGIN_DECLS

/**
 * sim_yealink_is_command:
 *
 * Whether the request wants something done or told, and so passes the list of addresses and the
 * question on the display; the other pages are for people.
 */
gboolean sim_yealink_is_command (SimVisit *visit);

/**
 * sim_yealink_may_command:
 * @reply: gets the refusal
 *
 * Looks at features.action_uri.enable, features.action_uri_limit_ip and at what the user has
 * answered to “Allow remote control?”, in this order. Asked before the login is looked at.
 *
 * Returns: whether the sender may go on
 */
gboolean sim_yealink_may_command (SimPhone *phone, SimVisit *visit, SimReply *reply);

/**
 * sim_yealink_serve:
 *
 * What another maker's phone does with a request whose login was good: action URIs, phonecfg=get,
 * and the page where people log in.
 */
void sim_yealink_serve (SimPhone *phone, SimVisit *visit, SimReply *reply);

G_END_DECLS
