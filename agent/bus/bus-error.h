/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * oh_bus_flush:
 * @invocation: a call that is about to be answered
 *
 * Tells changed properties of the object first: who has the answer has seen what led to it.
 */
void oh_bus_flush (GDBusMethodInvocation *invocation);

/**
 * oh_bus_return_error:
 * @invocation: (transfer full): the call to answer
 * @error: (transfer full): why it failed, of any domain
 *
 * Answers with an error of org.offhook.Error.*; a foreign one is converted here, so that no client
 * ever meets another name.
 */
void oh_bus_return_error (GDBusMethodInvocation *invocation, GError *error);

/**
 * oh_bus_return_usage:
 * @invocation: (transfer full): the call to answer
 * @format: what is wrong with its arguments, printf style, translated
 *
 * Answers with org.offhook.Error.Usage.
 */
void oh_bus_return_usage (GDBusMethodInvocation *invocation, const char *format, ...)
  G_GNUC_PRINTF (2, 3);

/**
 * oh_bus_return_task:
 * @source: unused
 * @result: a GTask that returns a boolean
 * @user_data: (transfer full): the GDBusMethodInvocation to answer
 *
 * A GAsyncReadyCallback for methods without a return value.
 */
void oh_bus_return_task (GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * oh_bus_path:
 * @parent: path above
 * @id: id of a phone or a call: letters, digits, "-" and "_"
 *
 * Object paths have no "-": it becomes "_2d", and "_" becomes "_5f", so that two ids never meet.
 *
 * Returns: (transfer full): the object's path
 */
char *oh_bus_path (const char *parent, const char *id);

G_END_DECLS
