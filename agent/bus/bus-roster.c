/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-roster.h"

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-generated.h"

struct _OhBusRoster
{
  OhContacts *contacts;     /* (owned) */
  OhRosterEditor *editor;   /* (owned) */
  OhBusContacts1 *skeleton; /* (owned) */
};

/* --- how the list is ------------------------------------------------------------------------ */

static void
show_groups (OhBusRoster *self)
{
  const GPtrArray *groups = oh_contact_groups_list (oh_contacts_groups (self->contacts));
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(us)"));
  for (guint i = 0; i < groups->len; i++)
    {
      const OhContactGroup *group = g_ptr_array_index (groups, i);

      g_variant_builder_add (&builder, "(us)", group->id, group->name);
    }
  oh_bus_contacts1_set_groups (self->skeleton, g_variant_builder_end (&builder));
}

static void
show_stale (OhBusRoster *self)
{
  oh_bus_contacts1_set_stale (self->skeleton, oh_contacts_is_stale (self->contacts));
}

void
oh_bus_roster_set_as_of (OhBusRoster *self, gint64 as_of_us)
{
  oh_bus_contacts1_set_as_of (self->skeleton, as_of_us);
}

void
oh_bus_roster_set_elsewhere (OhBusRoster *self, gboolean elsewhere)
{
  oh_bus_contacts1_set_elsewhere (self->skeleton, elsewhere);
}

/* --- changes -------------------------------------------------------------------------------- */

/* Answers a call whose method returns what the outcome has. */
typedef void (*Answer) (GDBusMethodInvocation *invocation, const OhRosterOutcome *outcome);

typedef struct
{
  GDBusMethodInvocation *invocation; /* (owned): taken by the answer */
  Answer answer;
} Call;

static void
answer_nothing (GDBusMethodInvocation *invocation, const OhRosterOutcome *outcome)
{
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
answer_group (GDBusMethodInvocation *invocation, const OhRosterOutcome *outcome)
{
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", outcome->group));
}

static void
answer_removed (GDBusMethodInvocation *invocation, const OhRosterOutcome *outcome)
{
  static const char *const none[] = { NULL };

  g_dbus_method_invocation_return_value (
    invocation,
    g_variant_new ("(s^as)", outcome->name != NULL ? outcome->name : "",
                   outcome->groups != NULL ? (const char *const *) outcome->groups : none));
}

static void
on_edited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Call *call = user_data;
  GError *error = NULL;
  g_autoptr (OhRosterOutcome) outcome =
    oh_roster_editor_edit_finish (OH_ROSTER_EDITOR (source), result, &error);

  if (outcome == NULL)
    {
      oh_bus_return_error (call->invocation, error);
      return;
    }
  oh_bus_flush (call->invocation);
  call->answer (call->invocation, outcome);
}

static gboolean
edit (OhBusRoster *self, GDBusMethodInvocation *invocation, const OhRosterEdit *wish, Answer answer)
{
  Call *call = g_new0 (Call, 1);

  call->invocation = invocation;
  call->answer = answer;
  oh_roster_editor_edit_async (self->editor, wish, on_edited, call);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_add_contact (OhBusContacts1 *skeleton, GDBusMethodInvocation *invocation,
                    const char *address, const char *name, const char *const *groups,
                    OhBusRoster *self)
{
  const OhRosterEdit wish = {
    .kind = OH_ROSTER_ADD_CONTACT,
    .uri = (char *) address,
    .name = name[0] != '\0' ? (char *) name : NULL,
    .groups = (GStrv) groups,
  };

  return edit (self, invocation, &wish, answer_nothing);
}

static gboolean
handle_rename_contact (OhBusContacts1 *skeleton, GDBusMethodInvocation *invocation,
                       const char *address, const char *name, OhBusRoster *self)
{
  const OhRosterEdit wish = {
    .kind = OH_ROSTER_RENAME_CONTACT,
    .uri = (char *) address,
    .name = (char *) name,
  };

  return edit (self, invocation, &wish, answer_nothing);
}

static gboolean
handle_move_contact (OhBusContacts1 *skeleton, GDBusMethodInvocation *invocation,
                     const char *address, const char *from, const char *to, OhBusRoster *self)
{
  const OhRosterEdit wish = {
    .kind = OH_ROSTER_MOVE_CONTACT,
    .uri = (char *) address,
    .from = (char *) from,
    .to = (char *) to,
  };

  return edit (self, invocation, &wish, answer_nothing);
}

static gboolean
handle_copy_contact (OhBusContacts1 *skeleton, GDBusMethodInvocation *invocation,
                     const char *address, const char *to, OhBusRoster *self)
{
  const OhRosterEdit wish = {
    .kind = OH_ROSTER_COPY_CONTACT,
    .uri = (char *) address,
    .to = (char *) to,
  };

  return edit (self, invocation, &wish, answer_nothing);
}

static gboolean
handle_remove_contact (OhBusContacts1 *skeleton, GDBusMethodInvocation *invocation,
                       const char *address, OhBusRoster *self)
{
  const OhRosterEdit wish = { .kind = OH_ROSTER_REMOVE_CONTACT, .uri = (char *) address };

  return edit (self, invocation, &wish, answer_removed);
}

static gboolean
handle_add_group (OhBusContacts1 *skeleton, GDBusMethodInvocation *invocation, const char *name,
                  OhBusRoster *self)
{
  const OhRosterEdit wish = { .kind = OH_ROSTER_ADD_GROUP, .name = (char *) name };

  return edit (self, invocation, &wish, answer_group);
}

static gboolean
handle_rename_group (OhBusContacts1 *skeleton, GDBusMethodInvocation *invocation, const char *group,
                     const char *name, OhBusRoster *self)
{
  const OhRosterEdit wish = {
    .kind = OH_ROSTER_RENAME_GROUP,
    .from = (char *) group,
    .name = (char *) name,
  };

  return edit (self, invocation, &wish, answer_nothing);
}

static gboolean
handle_remove_group (OhBusContacts1 *skeleton, GDBusMethodInvocation *invocation, const char *group,
                     OhBusRoster *self)
{
  const OhRosterEdit wish = { .kind = OH_ROSTER_REMOVE_GROUP, .from = (char *) group };

  return edit (self, invocation, &wish, answer_nothing);
}

/* --- life ----------------------------------------------------------------------------------- */

static void
connect_methods (OhBusRoster *self)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } methods[] = {
    { "handle-add-contact", G_CALLBACK (handle_add_contact) },
    { "handle-rename-contact", G_CALLBACK (handle_rename_contact) },
    { "handle-move-contact", G_CALLBACK (handle_move_contact) },
    { "handle-copy-contact", G_CALLBACK (handle_copy_contact) },
    { "handle-remove-contact", G_CALLBACK (handle_remove_contact) },
    { "handle-add-group", G_CALLBACK (handle_add_group) },
    { "handle-rename-group", G_CALLBACK (handle_rename_group) },
    { "handle-remove-group", G_CALLBACK (handle_remove_group) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    g_signal_connect (self->skeleton, methods[i].signal, methods[i].handler, self);
}

OhBusRoster *
oh_bus_roster_new (OhContacts *contacts, OhRosterEditor *editor)
{
  OhBusRoster *self = g_new0 (OhBusRoster, 1);

  self->contacts = g_object_ref (contacts);
  self->editor = g_object_ref (editor);
  self->skeleton = oh_bus_contacts1_skeleton_new ();
  connect_methods (self);
  g_signal_connect_swapped (contacts, "groups-changed", G_CALLBACK (show_groups), self);
  g_signal_connect_swapped (contacts, "notify::stale", G_CALLBACK (show_stale), self);
  show_groups (self);
  show_stale (self);
  return self;
}

void
oh_bus_roster_free (OhBusRoster *self)
{
  GDBusInterfaceSkeleton *interface;

  if (self == NULL)
    return;
  interface = G_DBUS_INTERFACE_SKELETON (self->skeleton);
  g_signal_handlers_disconnect_by_data (self->contacts, self);
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  if (g_dbus_interface_skeleton_get_connection (interface) != NULL)
    g_dbus_interface_skeleton_unexport (interface);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->editor);
  g_clear_object (&self->contacts);
  g_free (self);
}

gboolean
oh_bus_roster_export (OhBusRoster *self, GDBusConnection *connection, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                           OH_BUS_PATH, error);
}
