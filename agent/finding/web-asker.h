/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "host-probe.h"

G_BEGIN_DECLS

/**
 * oh_web_asker:
 *
 * Asks the web server of one host: connects to the https port, or, when nobody listens there, to
 * the http port, and sends one request for a page without effect, without a login. No redirect is
 * followed and no challenge answered. The certificate is only noted.
 */
extern const OhHostAsker oh_web_asker;

/**
 * oh_own_network_hosts:
 * @user_data: not used
 *
 * The hosts beside us in our own private IPv4 networks, as oh_subnet_hosts() bounds them.
 *
 * Returns: (transfer full): their addresses
 */
GStrv oh_own_network_hosts (gpointer user_data);

G_END_DECLS
