/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "slice.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A phone needs one connection at a time; more are a scan or an attack. */
#define OH_EVENT_DOOR_VISITS_MAX 16
/* A phone has its request ready when it connects; who takes longer only wants the place. */
#define OH_EVENT_DOOR_VISIT_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
/* Connections a second from the address of a phone. A call is six events, and a phone that restarts
   logs twelve accounts on: nobody's finger is faster. */
#define OH_EVENT_DOOR_PHONE_RATE 100
/* From everybody else together: a browser that lost its way, a scan. What is more is closed unread,
   so that a flood costs an accept each and neither memory nor answers. */
#define OH_EVENT_DOOR_STRANGER_RATE 20

/**
 * OhEventDoorHost:
 * @is_phone: whether a phone of ours has that address
 * @take: the request line without its line end, empty when it was too long; returns whether it
 *   counted. May free the door
 * @note: a visit was refused or closed unread
 *
 * What a door has to ask.
 */
typedef struct
{
  gboolean (*is_phone) (GInetAddress *peer, gpointer user_data);
  gboolean (*take) (OhSlice line, GInetAddress *peer, gpointer user_data);
  void (*note) (gboolean unread, gpointer user_data);
} OhEventDoorHost;

/**
 * OhEventDoor:
 *
 * A socket of one local address where phones bring their action URLs. Whatever comes, as far as it
 * is read at all, is answered at once, always with the same short text, so that a slow answer never
 * slows a phone's display and a stranger learns nothing. Not libsoup's server: it refuses a request
 * line with a blank in the target, which phones send when a display name has one, and the event
 * would be lost.
 */
typedef struct _OhEventDoor OhEventDoor;

/**
 * oh_event_door_new:
 * @local: the address
 * @port: the port, 0 for any
 * @clock: the time
 * @host: what it asks; static
 * @user_data: for @host; must outlive the door
 * @error: (nullable): OH_ERROR_FAILED when @local cannot be listened on
 *
 * Returns: (transfer full) (nullable): an open door
 */
OhEventDoor *oh_event_door_new (GInetAddress *local, guint16 port, OhClock *clock,
                                const OhEventDoorHost *host, gpointer user_data, GError **error);

/**
 * oh_event_door_free:
 * @self: (nullable) (transfer full): a door; visits under way are given up
 */
void oh_event_door_free (OhEventDoor *self);

/**
 * oh_event_door_local:
 * @self: a door
 *
 * Returns: (transfer none): its address
 */
GInetAddress *oh_event_door_local (OhEventDoor *self);

/**
 * oh_event_door_port:
 * @self: a door
 *
 * Returns: its port
 */
guint16 oh_event_door_port (OhEventDoor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhEventDoor, oh_event_door_free)

G_END_DECLS
