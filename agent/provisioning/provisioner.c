/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "provisioner.h"

#include "company-file.h"
#include "error.h"
#include "provision-cache.h"
#include "provision-poll.h"

/* Octets of problems that the log has at once; the doctor has all of them. */
#define LOGGED_MAX 2000

/* clang-format off */
static const OhProvisionPackage present = {
  "vnd-microsoft-provisioning-v2",
  "application/vnd-microsoft-roaming-provisioning-v2+xml",
  "<provisioningGroupList xmlns=\"http://schemas.microsoft.com/2006/09/sip/provisioninggrouplist\">"
  "<provisioningGroup name=\"ServerConfiguration\"/>"
  "<provisioningGroup name=\"ucPolicy\"/>"
  "<provisioningGroup name=\"userSetting\"/>"
  "<provisioningGroup name=\"locationPolicy\"/>"
  "<provisioningGroup name=\"endpointConfiguration\"/>"
  "</provisioningGroupList>",
};

/* LCS 2005 */
static const OhProvisionPackage former = {
  "vnd-microsoft-provisioning", "application/vnd-microsoft-roaming-provisioning+xml", NULL,
};
/* clang-format on */

struct _OhProvisioner
{
  GObject parent_instance;

  OhClock *clock;           /* (owned) */
  OhProvisionCache *cache;  /* (owned) */
  OhProvisionPoll *present; /* (owned) */
  OhProvisionPoll *former;  /* (owned) */
  OhCompanyFile *company;   /* (owned) */

  char *uri;             /* (owned): "" for nobody */
  GCancellable *loading; /* (owned) (nullable): what is kept for @uri is being read */
  OhProvisioning *said;  /* (owned) (nullable) */
  gboolean stale;
  gboolean remote;
  OhNumberRules *rules; /* (owned): of @said */
  char *logged;         /* (owned) (nullable): problems that the log has */
};

G_DEFINE_FINAL_TYPE (OhProvisioner, oh_provisioner, G_TYPE_OBJECT)

static guint changed_signal;

/* Once: the same ones come again with each answer of the server. */
static void
log_problems (OhProvisioner *self)
{
  const GPtrArray *problems = oh_number_rules_problems (self->rules);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const OhRuleProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (text, "%s%s is not used: %s", i > 0 ? "; " : "", problem->rule,
                              problem->reason);
      if (text->len > LOGGED_MAX)
        break;
    }
  if (text->len > 0 && g_strcmp0 (text->str, self->logged) != 0)
    g_message ("%s", text->str);
  g_free (self->logged);
  self->logged = g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_company_rules (gpointer user_data)
{
  OhProvisioner *self = user_data;

  g_signal_emit (self, changed_signal, 0);
}

/* --- what the server says ------------------------------------------------------------------- */

/* @said: (transfer full) */
static void
set_said (OhProvisioner *self, OhProvisioning *said, gboolean stale)
{
  oh_provisioning_free (self->said);
  self->said = said;
  self->stale = stale;
  oh_number_rules_unref (self->rules);
  self->rules = oh_provisioning_rules (said);
  log_problems (self);
  g_signal_emit (self, changed_signal, 0);
}

static OhProvisioning *
copy (const OhProvisioning *said)
{
  OhProvisioning *same = oh_provisioning_new ();
  g_autofree char *text = said != NULL ? oh_provisioning_write (said) : NULL;

  if (text != NULL && !oh_provisioning_read (same, oh_slice_str (text), NULL))
    g_debug ("what was said before is forgotten");
  return same;
}

static void
take (OhProvisioner *self, OhSlice body, gboolean changes_only,
      gboolean (*read) (OhProvisioning *self, OhSlice body, GError **error))
{
  g_autoptr (OhProvisioning) said = changes_only ? copy (self->said) : oh_provisioning_new ();
  g_autoptr (GError) error = NULL;

  if (!read (said, body, &error))
    {
      g_message ("what the server provisions with cannot be read: %s", error->message);
      return;
    }
  if (self->loading != NULL) /* what is kept is older */
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  said->at_us = oh_clock_wall_us (self->clock);
  oh_provision_cache_store (self->cache, self->uri, said);
  set_said (self, g_steal_pointer (&said), FALSE);
}

static void
on_said (OhSlice body, gboolean pushed, gpointer user_data)
{
  take (user_data, body, pushed, oh_provisioning_read);
}

/* The line is all that LCS 2005 says. */
static void
on_line_said (OhSlice body, gboolean pushed, gpointer user_data)
{
  take (user_data, body, TRUE, oh_provisioning_read_line);
}

/* --- what is kept --------------------------------------------------------------------------- */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  OhProvisioning *kept =
    oh_provision_cache_load_finish (OH_PROVISION_CACHE (source), result, &error);
  OhProvisioner *self = user_data;

  if (error != NULL)
    return; /* somebody else's by now, or we are gone */
  g_clear_object (&self->loading);
  if (kept != NULL)
    set_said (self, kept, TRUE);
}

void
oh_provisioner_set_account (OhProvisioner *self, const char *uri)
{
  if (g_str_equal (self->uri, uri))
    return;
  oh_provisioner_stop (self); /* what is still being said was said to somebody else */
  g_free (self->uri);
  self->uri = g_strdup (uri);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->said != NULL)
    set_said (self, NULL, FALSE);
  if (uri[0] == '\0')
    return;
  self->loading = g_cancellable_new ();
  oh_provision_cache_load_async (self->cache, uri, self->loading, on_loaded, self);
}

void
oh_provisioner_set_company_rules (OhProvisioner *self, const char *path)
{
  oh_company_file_set_path (self->company, path);
}

/* --- signed in ------------------------------------------------------------------------------ */

static gboolean
offers (const char *allow_events, const char *event)
{
  OhSlice rest = oh_slice_str (allow_events);

  while (rest.len > 0)
    {
      OhSlice item = oh_slice_trim (oh_slice_eat_until (&rest, ","));

      oh_slice_eat (&rest, ',');
      if (oh_slice_equal_case (item, event))
        return TRUE;
    }
  return FALSE;
}

void
oh_provisioner_start (OhProvisioner *self, OhSipStack *stack, const char *allow_events,
                      gboolean remote)
{
  gboolean moved = self->remote != remote;

  self->remote = remote;
  if (self->uri[0] == '\0')
    return;
  if (allow_events == NULL || offers (allow_events, present.event))
    oh_provision_poll_start (self->present, stack, self->uri);
  else if (offers (allow_events, former.event))
    oh_provision_poll_start (self->former, stack, self->uri);
  if (moved)
    g_signal_emit (self, changed_signal, 0);
}

void
oh_provisioner_stop (OhProvisioner *self)
{
  oh_provision_poll_stop (self->present);
  oh_provision_poll_stop (self->former);
}

/* --- what is told --------------------------------------------------------------------------- */

const OhProvisioning *
oh_provisioner_said (OhProvisioner *self)
{
  return self->said;
}

gboolean
oh_provisioner_is_stale (OhProvisioner *self)
{
  return self->stale;
}

OhNumberRules *
oh_provisioner_company_rules (OhProvisioner *self)
{
  return oh_company_file_rules (self->company);
}

OhNumberRules *
oh_provisioner_server_rules (OhProvisioner *self)
{
  return self->rules;
}

const char *
oh_provisioner_url (OhProvisioner *self, OhProvisionText internal)
{
  g_return_val_if_fail (internal == OH_PROVISION_ADDRESS_BOOK_INTERNAL ||
                          internal == OH_PROVISION_DIRECTORY_INTERNAL ||
                          internal == OH_PROVISION_HELP_INTERNAL,
                        "");
  if (self->said == NULL)
    return "";
  return self->said->texts[self->remote ? internal + 1 : internal];
}

/* --- life ----------------------------------------------------------------------------------- */

static void
oh_provisioner_dispose (GObject *object)
{
  OhProvisioner *self = OH_PROVISIONER (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->present, oh_provision_poll_free);
  g_clear_pointer (&self->former, oh_provision_poll_free);
  g_clear_pointer (&self->company, oh_company_file_free);
  g_clear_object (&self->cache);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_provisioner_parent_class)->dispose (object);
}

static void
oh_provisioner_finalize (GObject *object)
{
  OhProvisioner *self = OH_PROVISIONER (object);

  oh_provisioning_free (self->said);
  oh_number_rules_unref (self->rules);
  g_free (self->logged);
  g_free (self->uri);
  G_OBJECT_CLASS (oh_provisioner_parent_class)->finalize (object);
}

static void
oh_provisioner_class_init (OhProvisionerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_provisioner_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_provisioner_finalize;
  changed_signal = g_signal_new ("changed", OH_TYPE_PROVISIONER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
oh_provisioner_init (OhProvisioner *self)
{
  self->uri = g_strdup ("");
  self->rules = oh_number_rules_new ();
}

OhProvisioner *
oh_provisioner_new (OhClock *clock, const char *dir)
{
  OhProvisioner *self = g_object_new (OH_TYPE_PROVISIONER, NULL);

  self->clock = g_object_ref (clock);
  self->cache = oh_provision_cache_new (dir);
  self->present = oh_provision_poll_new (clock, &present, on_said, self);
  self->former = oh_provision_poll_new (clock, &former, on_line_said, self);
  self->company = oh_company_file_new (on_company_rules, self);
  return self;
}
