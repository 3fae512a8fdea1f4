/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-server.h"

#include "bus-connection.h"
#include "bus-generated.h"

struct _OhBusServer
{
  OhProvisioner *provisioner; /* (owned) */
  OhBusServer1 *skeleton;     /* (owned) */
};

/* --- values --------------------------------------------------------------------------------- */

static void
add_text (GVariantDict *dict, const char *key, const char *text)
{
  if (text[0] != '\0')
    g_variant_dict_insert (dict, key, "s", text);
}

static void
add_policies (GVariantDict *dict, const OhProvisioning *said)
{
  for (guint i = 0; i < OH_N_PROVISION_POLICIES; i++)
    {
      g_autofree char *key = g_strconcat ("may-", oh_provision_policy_word (i), NULL);

      if (said->policies[i] != OH_PERMISSION_UNSAID)
        g_variant_dict_insert (dict, key, "b", said->policies[i] == OH_PERMISSION_GRANTED);
    }
}

static void
add_profile (GVariantDict *dict, const OhLocationProfile *profile)
{
  if (profile == NULL)
    return;
  g_variant_dict_insert (dict, "location-profile", "s", profile->name);
  add_text (dict, "outside-line", profile->outside_line);
  g_variant_dict_insert (dict, "dials-at-once", "b", profile->dials_at_once);
}

/* Returns: (transfer floating) */
static GVariant *
provisioned_variant (OhProvisioner *provisioner)
{
  const OhProvisioning *said = oh_provisioner_said (provisioner);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  if (said == NULL)
    return g_variant_dict_end (&dict);
  for (guint i = 0; i < OH_N_PROVISION_TEXTS; i++)
    add_text (&dict, oh_provision_text_word (i), said->texts[i]);
  add_text (&dict, "address-book",
            oh_provisioner_url (provisioner, OH_PROVISION_ADDRESS_BOOK_INTERNAL));
  add_text (&dict, "directory", oh_provisioner_url (provisioner, OH_PROVISION_DIRECTORY_INTERNAL));
  add_text (&dict, "help-desk", oh_provisioner_url (provisioner, OH_PROVISION_HELP_INTERNAL));
  add_policies (&dict, said);
  add_profile (&dict, oh_provisioning_profile (said));
  g_variant_dict_insert (&dict, "stale", "b", oh_provisioner_is_stale (provisioner));
  g_variant_dict_insert (&dict, "at", "x", said->at_us);
  return g_variant_dict_end (&dict);
}

static void
add_problems (GVariantBuilder *list, const OhNumberRules *rules)
{
  const GPtrArray *problems = oh_number_rules_problems (rules);

  for (guint i = 0; i < problems->len; i++)
    {
      const OhRuleProblem *problem = g_ptr_array_index (problems, i);

      g_variant_builder_add (list, "(ss)", problem->rule, problem->reason);
    }
}

static void
add_rules (GVariantBuilder *list, const OhNumberRules *rules)
{
  for (guint i = 0; i < oh_number_rules_count (rules); i++)
    {
      const char *name, *pattern, *translation;

      oh_number_rules_nth (rules, i, &name, &pattern, &translation);
      g_variant_builder_add (list, "(sss)", name, pattern, translation);
    }
}

static void
on_changed (OhProvisioner *provisioner, OhBusServer *self)
{
  const OhNumberRules *company = oh_provisioner_company_rules (provisioner);
  const OhNumberRules *server = oh_provisioner_server_rules (provisioner);
  GVariantBuilder problems;

  g_variant_builder_init (&problems, G_VARIANT_TYPE ("a(ss)"));
  add_problems (&problems, company);
  add_problems (&problems, server);
  oh_bus_server1_set_provisioned (self->skeleton, provisioned_variant (provisioner));
  oh_bus_server1_set_rules (self->skeleton,
                            oh_number_rules_count (company) + oh_number_rules_count (server));
  oh_bus_server1_set_problems (self->skeleton, g_variant_builder_end (&problems));
}

static gboolean
handle_list_rules (OhBusServer1 *skeleton, GDBusMethodInvocation *invocation, OhBusServer *self)
{
  GVariantBuilder rules;

  g_variant_builder_init (&rules, G_VARIANT_TYPE ("a(sss)"));
  add_rules (&rules, oh_provisioner_company_rules (self->provisioner));
  add_rules (&rules, oh_provisioner_server_rules (self->provisioner));
  oh_bus_server1_complete_list_rules (skeleton, invocation, g_variant_builder_end (&rules));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* --- life ----------------------------------------------------------------------------------- */

OhBusServer *
oh_bus_server_new (OhProvisioner *provisioner)
{
  OhBusServer *self = g_new0 (OhBusServer, 1);

  self->provisioner = g_object_ref (provisioner);
  self->skeleton = oh_bus_server1_skeleton_new ();
  g_signal_connect (provisioner, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->skeleton, "handle-list-rules", G_CALLBACK (handle_list_rules), self);
  on_changed (provisioner, self);
  return self;
}

void
oh_bus_server_free (OhBusServer *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->provisioner, self);
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_clear_object (&self->skeleton);
  g_clear_object (&self->provisioner);
  g_free (self);
}

gboolean
oh_bus_server_export (OhBusServer *self, GDBusConnection *connection, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                           OH_BUS_PATH, error);
}
