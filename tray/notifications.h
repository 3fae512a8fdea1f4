/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A notification server that does not answer by then is none: the phone rings meanwhile. */
#define OH_NOTIFIER_PATIENCE_MS 1500

/* GLib cannot take back a notification whose number the server has not told yet; microseconds that
 * the slowest server needs for that. */
#define OH_NOTIFIER_SETTLE_US (G_GINT64_CONSTANT (500) * 1000)

/**
 * OhNotifier:
 *
 * Tells of incoming calls: a notification with Answer and Reject where the server takes buttons, a
 * small window of our own where it does not or where there is none. Takes them back when the call
 * is answered or over.
 */
#define OH_TYPE_NOTIFIER (oh_notifier_get_type ())
G_DECLARE_FINAL_TYPE (OhNotifier, oh_notifier, OH, NOTIFIER, GObject)

/**
 * oh_notifier_new:
 * @application: the application; borrowed, outlives the notifier
 *
 * Returns: (transfer full): a notifier
 */
OhNotifier *oh_notifier_new (GtkApplication *application);

/**
 * oh_notifier_update:
 * @self: the notifier
 * @model: what is known now
 *
 * Compares the calls with what was told already.
 */
void oh_notifier_update (OhNotifier *self, OhTrayModel *model);

/**
 * oh_notifier_tell_error:
 * @application: the application
 * @title: what was tried, one phrase
 * @error: why it did not work; OH_ERROR comes with what to do
 *
 * Says in a window what went wrong with something that the user has just asked for.
 */
void oh_notifier_tell_error (GtkApplication *application, const char *title, const GError *error);

G_END_DECLS
