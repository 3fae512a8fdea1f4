/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "phone-peer.h"
#include "snom-phone.h"

G_BEGIN_DECLS

/* What an asynchronous call came to. */
typedef struct
{
  gboolean done;
  OhPhoneOutcome outcome;
  gboolean ok;
  GError *error;
} Result;

void result_clear (Result *result);

/* Sends one command and waits for its outcome. */
void desk_send (OhPhone *phone, OhPhoneVerb verb, const char *argument, Result *result);

/* Probes and waits. */
void desk_probe (OhPhone *phone, Result *result);

void desk_watch_phone (OhPhone *phone, Result *result);

void desk_unwatch (OhPhone *phone, Result *result);

/* A phone "desk" over https with the simulator's login. (transfer full) */
OhPhone *desk_phone (PhonePeer *peer, OhSnomListener *listener);

void desk_trust (OhPhone *phone, OhPhoneTrustMode mode, const char *fingerprint);

/* Exactly one dial request has arrived, with this query, and the phone has dialled. */
void assert_number_dialled (PhonePeer *peer, const char *query);

/* The probe fails with this code, names that, and the phone is in that state. */
void probe_fails (OhPhone *phone, OhPhoneState state, OhError code, const char *named);

void probe_succeeds (OhPhone *phone);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Result, result_clear)

G_END_DECLS
