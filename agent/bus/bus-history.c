/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-history.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-generated.h"

#define CALL_TYPE "(xssssssxxxsbx)"
#define CALLS_TYPE "a" CALL_TYPE

struct _OhBusHistory
{
  OhBusHistory1 *skeleton; /* (owned) */
  OhHistoryStore *store;   /* (owned) */
  OhDialler *dialler;      /* (owned) */
  OhContacts *contacts;    /* (owned) */
};

/* --- from entries to values ------------------------------------------------------------------ */

static char *
display_of (OhBusHistory *self, const char *number)
{
  g_autoptr (OhNumber) parsed = oh_dialler_parse (self->dialler, number, OH_NUMBER_FROM_CALL, NULL);

  return g_strdup (parsed != NULL ? parsed->display : number);
}

static GVariant *
call_variant (OhBusHistory *self, const OhHistoryEntry *entry)
{
  g_autofree char *display = display_of (self, entry->number);
  OhContact *contact =
    entry->number[0] != '\0' ? oh_contacts_lookup_number (self->contacts, entry->number) : NULL;
  const char *name = contact != NULL ? oh_contact_name (contact) : entry->name;
  const char *uri = contact != NULL ? oh_contact_uri (contact) : entry->uri;

  return g_variant_new (CALL_TYPE, entry->id, oh_call_direction_nick (entry->direction),
                        entry->number, display, name != NULL ? name : "", uri, entry->phone,
                        entry->begun_us, entry->answered_us, entry->ended_us,
                        oh_history_outcome_word (entry->outcome), entry->seen, entry->settled);
}

static GVariant *
calls_variant (OhBusHistory *self, const GPtrArray *entries)
{
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE (CALLS_TYPE));
  for (guint i = 0; i < entries->len; i++)
    g_variant_builder_add_value (&list, call_variant (self, g_ptr_array_index (entries, i)));
  return g_variant_builder_end (&list);
}

/* --- what the store tells -------------------------------------------------------------------- */

static void
on_changed (OhHistoryStore *store, const OhHistoryDelta *delta, OhBusHistory *self)
{
  if (delta->all)
    oh_bus_history1_emit_reset (self->skeleton);
  else
    oh_bus_history1_emit_changed (self->skeleton, calls_variant (self, delta->changed),
                                  g_variant_new_fixed_array (G_VARIANT_TYPE_INT64,
                                                             delta->removed->data,
                                                             delta->removed->len, sizeof (gint64)));
}

static void
on_missed (OhBusHistory *self)
{
  oh_bus_history1_set_missed (self->skeleton, oh_history_store_get_missed (self->store));
}

static void
on_trouble (OhBusHistory *self)
{
  const char *trouble = oh_history_store_get_trouble (self->store);

  oh_bus_history1_set_trouble (self->skeleton, trouble != NULL ? trouble : "");
}

/* --- methods --------------------------------------------------------------------------------- */

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  OhBusHistory *self = g_object_get_data (source, CALLS_TYPE);
  GError *error = NULL;
  g_autoptr (GPtrArray) entries =
    oh_history_store_list_finish (OH_HISTORY_STORE (source), result, &error);

  if (entries == NULL)
    oh_bus_return_error (invocation, error);
  else if (self == NULL) /* it went while the file was read */
    oh_bus_return_error (
      invocation, g_error_new_literal (OH_ERROR, OH_ERROR_CANCELLED, _ ("The agent is ending.")));
  else
    oh_bus_history1_complete_list (self->skeleton, invocation, calls_variant (self, entries));
}

static gboolean
read_filter (GVariant *filter, OhHistoryQuery *query)
{
  const char *direction = "";

  g_variant_lookup (filter, "missed", "b", &query->missed);
  g_variant_lookup (filter, "open", "b", &query->unsettled);
  g_variant_lookup (filter, "text", "&s", &query->text);
  g_variant_lookup (filter, "direction", "&s", &direction);
  query->missed = query->missed || query->unsettled;
  query->direction = OH_CALL_DIRECTION_UNKNOWN;
  if (g_str_equal (direction, "outgoing"))
    query->direction = OH_CALL_DIRECTION_OUTGOING;
  else if (g_str_equal (direction, "incoming"))
    query->direction = OH_CALL_DIRECTION_INCOMING;
  else if (direction[0] != '\0')
    return FALSE;
  return query->text == NULL || strlen (query->text) <= OH_BUS_HISTORY_TEXT_MAX;
}

static gboolean
handle_list (OhBusHistory1 *skeleton, GDBusMethodInvocation *invocation, gint64 before, guint limit,
             GVariant *filter, OhBusHistory *self)
{
  OhHistoryQuery query = { .before = before, .limit = limit };

  if (!read_filter (filter, &query))
    oh_bus_return_usage (invocation,
                         _ ("A direction is “outgoing” or “incoming”, a text has at "
                            "most %u octets."),
                         OH_BUS_HISTORY_TEXT_MAX);
  else if (oh_bus_history1_get_days (skeleton) == 0)
    oh_bus_history1_complete_list (skeleton, invocation,
                                   g_variant_new_array (G_VARIANT_TYPE (CALL_TYPE), NULL, 0));
  else
    oh_history_store_list_async (self->store, &query, NULL, on_listed, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;

  oh_bus_flush (invocation); /* the number of missed calls before the answer */
  if (oh_history_store_finish (OH_HISTORY_STORE (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    oh_bus_return_error (invocation, error);
}

/* Returns: (transfer full) (nullable): the ids; NULL when there are too many */
static GArray *
read_ids (GDBusMethodInvocation *invocation, GVariant *variant)
{
  gsize n = 0;
  const gint64 *values = g_variant_get_fixed_array (variant, &n, sizeof (gint64));
  GArray *ids;

  if (n > OH_BUS_HISTORY_IDS_MAX)
    {
      oh_bus_return_usage (invocation, _ ("At most %u calls at once."), OH_BUS_HISTORY_IDS_MAX);
      return NULL;
    }
  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), (guint) n);
  if (n > 0)
    g_array_append_vals (ids, values, (guint) n);
  return ids;
}

/* With nothing kept there is nothing to change, and no file to be made. */
static gboolean
is_off (OhBusHistory *self, GDBusMethodInvocation *invocation)
{
  if (oh_bus_history1_get_days (self->skeleton) != 0)
    return FALSE;
  g_dbus_method_invocation_return_value (invocation, NULL);
  return TRUE;
}

static gboolean
handle_mark_seen (OhBusHistory1 *skeleton, GDBusMethodInvocation *invocation, GVariant *variant,
                  OhBusHistory *self)
{
  g_autoptr (GArray) ids = read_ids (invocation, variant);

  if (ids != NULL && !is_off (self, invocation))
    oh_history_store_see_async (self->store, ids->len > 0 ? ids : NULL, on_done, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_delete (OhBusHistory1 *skeleton, GDBusMethodInvocation *invocation, GVariant *variant,
               OhBusHistory *self)
{
  g_autoptr (GArray) ids = read_ids (invocation, variant);

  if (ids != NULL && !is_off (self, invocation))
    oh_history_store_remove_async (self->store, ids, on_done, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_clear (OhBusHistory1 *skeleton, GDBusMethodInvocation *invocation, OhBusHistory *self)
{
  if (!is_off (self, invocation))
    oh_history_store_remove_async (self->store, NULL, on_done, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* --- life ------------------------------------------------------------------------------------ */

OhBusHistory *
oh_bus_history_new (OhHistoryStore *store, OhDialler *dialler, OhContacts *contacts)
{
  const struct
  {
    const char *signal;
    GCallback handler;
  } handlers[] = {
    { "handle-list", G_CALLBACK (handle_list) },
    { "handle-mark-seen", G_CALLBACK (handle_mark_seen) },
    { "handle-delete", G_CALLBACK (handle_delete) },
    { "handle-clear", G_CALLBACK (handle_clear) },
  };
  OhBusHistory *self = g_new0 (OhBusHistory, 1);

  self->store = g_object_ref (store);
  self->dialler = g_object_ref (dialler);
  self->contacts = g_object_ref (contacts);
  self->skeleton = oh_bus_history1_skeleton_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect (self->skeleton, handlers[i].signal, handlers[i].handler, self);
  g_object_set_data (G_OBJECT (store), CALLS_TYPE, self);
  g_signal_connect (store, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (store, "notify::missed", G_CALLBACK (on_missed), self);
  g_signal_connect_swapped (store, "notify::trouble", G_CALLBACK (on_trouble), self);
  on_missed (self);
  on_trouble (self);
  return self;
}

void
oh_bus_history_set_days (OhBusHistory *self, guint days)
{
  oh_bus_history1_set_days (self->skeleton, days);
}

gboolean
oh_bus_history_export (OhBusHistory *self, GDBusConnection *connection, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                           OH_BUS_PATH, error);
}

void
oh_bus_history_free (OhBusHistory *self)
{
  GDBusInterfaceSkeleton *skeleton;

  if (self == NULL)
    return;
  skeleton = G_DBUS_INTERFACE_SKELETON (self->skeleton);
  g_object_set_data (G_OBJECT (self->store), CALLS_TYPE, NULL);
  g_signal_handlers_disconnect_by_data (self->store, self);
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  if (g_dbus_interface_skeleton_get_connection (skeleton) != NULL)
    g_dbus_interface_skeleton_unexport (skeleton);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->contacts);
  g_clear_object (&self->dialler);
  g_clear_object (&self->store);
  g_free (self);
}
