/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhTrayFound:
 * @address: as AddPhone takes it; "" while only the MAC is known
 * @mac: twelve hex digits or ""
 * @model: or the maker's name; "" for not known
 * @cordless: it takes no commands
 * @phone: id of the phone of the settings that it is, or ""
 *
 * A phone that was found; borrowed for the time of the signal.
 */
typedef struct
{
  const char *address;
  const char *mac;
  const char *model;
  gboolean cordless;
  const char *phone;
} OhTrayFound;

/**
 * OhFinderClient:
 *
 * One search for phones by the agent, and one pairing after it, seen from here.
 *
 * Signals:
 *  - "found" (const OhTrayFound *): one more, or more is known of one
 *  - "progress" (guint done, guint total): hosts asked; 0 of 0: it has begun
 *  - "done" (GError *error): it is over; @error is NULL when all was looked at
 */
#define OH_TYPE_FINDER_CLIENT (oh_finder_client_get_type ())
G_DECLARE_FINAL_TYPE (OhFinderClient, oh_finder_client, OH, FINDER_CLIENT, GObject)

/**
 * oh_finder_client_new:
 *
 * Returns: (transfer full): a client at rest
 */
OhFinderClient *oh_finder_client_new (void);

/**
 * oh_finder_client_search:
 * @self: a client at rest
 * @probe: ask each host of the network: only when the user wants it
 * @wait_s: how long to listen for phones that start, seconds
 */
void oh_finder_client_search (OhFinderClient *self, gboolean probe, guint wait_s);

/**
 * oh_finder_client_cancel:
 * @self: a client
 *
 * Gives the search up; "done" follows.
 */
void oh_finder_client_cancel (OhFinderClient *self);

G_END_DECLS
