/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "find-source.h"

G_BEGIN_DECLS

/* Interfaces listened on; a computer has two or three that matter, and some of containers. */
#define OH_BOOT_INTERFACES_MAX 16u

/**
 * OhBootListener:
 *
 * Hears phones that start ask the network for their configuration server, and never answers: an
 * answer would provision them. Joins the group on each interface that is up and knows multicast,
 * for as long as somebody listens.
 *
 * Signal "booted" (const char *mac, const char *model, const char *address): one has asked;
 * @model (nullable) as it says itself, @address it was sent from.
 */
#define OH_TYPE_BOOT_LISTENER (oh_boot_listener_get_type ())
G_DECLARE_FINAL_TYPE (OhBootListener, oh_boot_listener, OH, BOOT_LISTENER, GObject)

/**
 * oh_boot_listener_new:
 * @clock: for how long a search listens
 * @port: OH_PNP_PORT, or another for tests
 *
 * Returns: (transfer full): a listener that does not listen; as an OhFindSource it listens while a
 *   search runs
 */
OhBootListener *oh_boot_listener_new (OhClock *clock, guint16 port);

/**
 * oh_boot_listener_hold:
 * @self: a listener
 *
 * Listens until oh_boot_listener_release() was called as often. Where the port is taken it listens
 * beside the other program; where nothing can be heard the log says so.
 */
void oh_boot_listener_hold (OhBootListener *self);

/**
 * oh_boot_listener_release:
 * @self: a listener that is held
 */
void oh_boot_listener_release (OhBootListener *self);

G_END_DECLS
