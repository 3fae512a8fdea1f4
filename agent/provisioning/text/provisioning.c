/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "provisioning.h"

#include <string.h>

#include "provisioning-private.h"

static void
location_rule_free (gpointer data)
{
  OhLocationRule *rule = data;

  g_free (rule->pattern);
  g_free (rule->translation);
  g_free (rule);
}

OhLocationProfile *
oh_location_profile_new (void)
{
  OhLocationProfile *self = g_new0 (OhLocationProfile, 1);

  self->name = g_strdup ("");
  self->outside_line = g_strdup ("");
  self->rules = g_ptr_array_new_with_free_func (location_rule_free);
  return self;
}

void
oh_location_profile_free (OhLocationProfile *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->outside_line);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

OhProvisioning *
oh_provisioning_new (void)
{
  OhProvisioning *self = g_new0 (OhProvisioning, 1);

  for (guint i = 0; i < OH_N_PROVISION_TEXTS; i++)
    self->texts[i] = g_strdup ("");
  return self;
}

void
oh_provisioning_free (OhProvisioning *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < OH_N_PROVISION_TEXTS; i++)
    g_free (self->texts[i]);
  oh_location_profile_free (self->pool_profile);
  oh_location_profile_free (self->user_profile);
  g_free (self);
}

/* A profile without rules is an empty frame, not a wish to have none. */
const OhLocationProfile *
oh_provisioning_profile (const OhProvisioning *self)
{
  if (self == NULL)
    return NULL;
  if (self->user_profile != NULL && self->user_profile->rules->len > 0)
    return self->user_profile;
  return self->pool_profile != NULL ? self->pool_profile : self->user_profile;
}

OhNumberRules *
oh_provisioning_rules (const OhProvisioning *self)
{
  OhNumberRules *rules = oh_number_rules_new ();
  const OhLocationProfile *profile = oh_provisioning_profile (self);

  for (guint i = 0; profile != NULL && i < profile->rules->len; i++)
    {
      const OhLocationRule *rule = g_ptr_array_index (profile->rules, i);
      g_autofree char *name =
        g_strdup_printf ("location profile %s: rule %u", profile->name, i + 1);

      oh_number_rules_add (rules, name, rule->pattern, OH_PATTERN_ANYWHERE, rule->translation);
    }
  return rules;
}

const char *
oh_provision_text_word (OhProvisionText text)
{
  static const char *const words[] = {
    [OH_PROVISION_ADDRESS_BOOK_INTERNAL] = "address-book-internal",
    [OH_PROVISION_ADDRESS_BOOK_EXTERNAL] = "address-book-external",
    [OH_PROVISION_DIRECTORY_INTERNAL] = "directory-internal",
    [OH_PROVISION_DIRECTORY_EXTERNAL] = "directory-external",
    [OH_PROVISION_HELP_INTERNAL] = "help-desk-internal",
    [OH_PROVISION_HELP_EXTERNAL] = "help-desk-external",
    [OH_PROVISION_POOL] = "pool",
    [OH_PROVISION_ORGANIZATION] = "organization",
    [OH_PROVISION_VOICE_MAIL] = "voice-mail",
    [OH_PROVISION_ADDRESS_BOOK_USE] = "address-book-use",
    [OH_PROVISION_VOICE_POLICY] = "voice-policy",
    [OH_PROVISION_LINE] = "line",
    [OH_PROVISION_LINE_SERVER] = "line-server",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == OH_N_PROVISION_TEXTS);
  g_return_val_if_fail (text < OH_N_PROVISION_TEXTS, "");
  return words[text];
}

const char *
oh_provision_policy_word (OhProvisionPolicy policy)
{
  static const char *const words[] = {
    [OH_PROVISION_TRANSFER] = "transfer",
    [OH_PROVISION_FORWARDING] = "forwarding",
    [OH_PROVISION_SIMULTANEOUS_RING] = "simultaneous-ring",
    [OH_PROVISION_PARK] = "park",
    [OH_PROVISION_TEAM_CALL] = "team-call",
    [OH_PROVISION_DELEGATION] = "delegation",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == OH_N_PROVISION_POLICIES);
  g_return_val_if_fail (policy < OH_N_PROVISION_POLICIES, "");
  return words[policy];
}
