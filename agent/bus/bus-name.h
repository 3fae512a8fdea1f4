/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhBusName:
 *
 * A well-known name on a bus for as long as this lives. GLib's own functions for it complain when
 * they give back a name that somebody else has taken meanwhile, which is how --replace works.
 */
typedef struct _OhBusName OhBusName;

/**
 * OhBusNameState:
 * @OH_BUS_NAME_OWNED: the name is ours
 * @OH_BUS_NAME_TAKEN: somebody else has it, from before or from now on
 * @OH_BUS_NAME_GONE: there is no bus any more
 */
typedef enum
{
  OH_BUS_NAME_OWNED,
  OH_BUS_NAME_TAKEN,
  OH_BUS_NAME_GONE,
} OhBusNameState;

/**
 * OhBusNameFunc:
 * @state: how it stands
 * @user_data: what was given with the function
 */
typedef void (*OhBusNameFunc) (OhBusNameState state, gpointer user_data);

/**
 * oh_bus_name_own:
 * @connection: the bus
 * @name: the name
 * @replace: take it from whoever has it and allows that
 * @func: called once the bus has answered, and when the name is lost
 * @user_data: for @func
 *
 * Returns: (transfer full): the wish
 */
OhBusName *oh_bus_name_own (GDBusConnection *connection, const char *name, gboolean replace,
                            OhBusNameFunc func, gpointer user_data);

/**
 * oh_bus_name_free:
 * @self: (nullable) (transfer full): a wish; the name is given back, @func is not called any more
 */
void oh_bus_name_free (OhBusName *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusName, oh_bus_name_free)

G_END_DECLS
