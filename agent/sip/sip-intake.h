/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"

G_BEGIN_DECLS

/* A message that has begun is whole after 20 s and one more for each 64 KiB of it, or never will
 * be: what follows it cannot be read before its end, so whoever holds it back holds back all. */
#define OH_SIP_MESSAGE_LIMIT_US (G_GINT64_CONSTANT (20) * G_USEC_PER_SEC)
#define OH_SIP_MESSAGE_OCTETS_PER_S 65536u

/**
 * OhSipIntakeFuncs:
 * @message: one whole message, borrowed for the call
 * @broken: nothing after this can be read; @endless: a message began and does not end, else what
 *   comes is no SIP
 *
 * What comes out. Either may call oh_sip_intake_stop().
 */
typedef struct
{
  void (*message) (GBytes *message, gpointer user_data);
  void (*broken) (gboolean endless, gpointer user_data);
} OhSipIntakeFuncs;

/**
 * OhSipIntake:
 *
 * What has come over a connection and is no whole message yet. Lives within the connection; only
 * the functions below touch its fields.
 */
typedef struct
{
  OhClock *clock; /* borrowed */
  const OhSipIntakeFuncs *funcs;
  gpointer user_data;
  GByteArray *octets; /* (owned) (nullable) */
  gsize wanted;       /* octets of the message that has begun, 0 while that is not known */
  gint64 begun_us;    /* when its first octet came, monotonic */
  guint alarm;
  gboolean stopped;
} OhSipIntake;

/**
 * oh_sip_intake_init:
 * @self: (out caller-allocates): an empty one
 * @clock: the time; must outlive it
 * @funcs: what to call; static
 * @user_data: for @funcs; borrowed
 */
void oh_sip_intake_init (OhSipIntake *self, OhClock *clock, const OhSipIntakeFuncs *funcs,
                         gpointer user_data);

/**
 * oh_sip_intake_feed:
 * @self: an intake
 * @data: (array length=size): octets in the order in which they came
 * @size: how many
 *
 * Hands on every message that is whole now.
 */
void oh_sip_intake_feed (OhSipIntake *self, const guint8 *data, gsize size);

/**
 * oh_sip_intake_stop:
 * @self: an intake, also one that is stopped or was never begun
 *
 * Nothing is called any more, whatever else has come.
 */
void oh_sip_intake_stop (OhSipIntake *self);

/**
 * oh_sip_intake_clear:
 * @self: an intake
 *
 * Stops it and releases what it holds. Not from within its own calls.
 */
void oh_sip_intake_clear (OhSipIntake *self);

G_END_DECLS
