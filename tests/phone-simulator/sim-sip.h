/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-phone.h"

G_BEGIN_DECLS

/* Bytes of a datagram; what is longer is cut and then refused for its length. */
#define SIM_SIP_MAX 8192

/**
 * sim_sip_new:
 *
 * The phone's SIP port, over UDP: answers OPTIONS, and does what a NOTIFY says. "Event: xml" needs
 * xml_notify=on, filter_registrar=off and the sender in mb_trusted_hosts; "Event: check-sync" is
 * challenged with challenge_checksync=on.
 */
SimSip *sim_sip_new (SimPhone *phone);
void sim_sip_free (SimSip *self);

/**
 * sim_sip_bind:
 * @port: 0 lets the kernel choose
 */
gboolean sim_sip_bind (SimSip *self, const char *address, guint16 port, GError **error);

/**
 * sim_sip_port:
 *
 * Returns: 0 before it is bound
 */
guint16 sim_sip_port (SimSip *self);

/* While it is down whatever arrives is lost. */
void sim_sip_set_up (SimSip *self, gboolean up);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimSip, sim_sip_free)

G_END_DECLS
