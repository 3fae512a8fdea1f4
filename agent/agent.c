/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "agent.h"

#include "agent-private.h"
#include "installation.h"
#include "phone-metadata.h"
#include "wire-tap.h"

G_DEFINE_FINAL_TYPE (OhAgent, oh_agent, G_TYPE_OBJECT)

static guint finished_signal;

/* --- joints: what happens here is to be known there ---------------------------------------- */

static char *
name_of_number (const char *number, gpointer user_data)
{
  OhContact *contact = oh_contacts_lookup_number (OH_CONTACTS (user_data), number);

  return contact != NULL ? g_strdup (oh_contact_name (contact)) : NULL;
}

/* A trace tells how it ends, too: "credentials-rejected: …". */
static void
note_endpoint (OhAgent *self, const OhBusEndpoint *endpoint)
{
  const char *code = endpoint->code != NULL && endpoint->code[0] != '\0' ? endpoint->code : "state";
  g_autofree char *text =
    g_strdup_printf ("%s: %s%s%s", code, endpoint->state, endpoint->reason != NULL ? ": " : "",
                     endpoint->reason != NULL ? endpoint->reason : "");

  if (g_strcmp0 (self->noted, text) == 0)
    return;
  oh_wire_tap_note (NULL, endpoint->server, "%s", text);
  g_free (self->noted);
  self->noted = g_steal_pointer (&text);
}

static void
on_account (OhAgent *self)
{
  OhBusEndpoint endpoint;

  oh_account_describe (self->account, &endpoint);
  note_endpoint (self, &endpoint);
  oh_bus_service_set_endpoint (self->service, &endpoint);
}

static void
on_links (OhAgent *self)
{
  static const OhConfirmLinks confirm[] = {
    [OH_CONFIG_LINKS_ALWAYS] = OH_CONFIRM_LINKS_ALWAYS,
    [OH_CONFIG_LINKS_UNKNOWN] = OH_CONFIRM_LINKS_UNKNOWN,
    [OH_CONFIG_LINKS_NEVER] = OH_CONFIRM_LINKS_NEVER,
  };
  OhConfigLinks links = oh_config_links (self->config);

  oh_dialler_set_confirm_links (self->dialler, confirm[links]);
  oh_bus_service_set_confirm_links (self->service, oh_config_links_word (links));
}

static void
on_phone_choice (OhAgent *self)
{
  g_autofree char *preferred = NULL;
  g_autofree char *word = oh_config_dup_phone_choice (self->config, &preferred);
  OhPhoneRule rule = OH_PHONE_RULE_IN_REACH;

  if (g_str_equal (word, "default"))
    rule = OH_PHONE_RULE_DEFAULT;
  else if (g_str_equal (word, "ask"))
    rule = OH_PHONE_RULE_ASK;
  oh_dialler_set_choice (self->dialler, rule, preferred);
}

static void
on_lock (OhAgent *self)
{
  gboolean locked = oh_session_lock_get_locked (self->lock);

  oh_dialler_set_screen_locked (self->dialler, locked);
  oh_bus_service_set_screen_locked (self->service, locked);
}

static void
on_trace (OhAgent *self)
{
  oh_bus_service_set_trace_until (self->service, oh_recorder_until (self->recorder));
}

static void
on_settled (gpointer user_data)
{
  OhAgent *self = user_data;

  if (self->phones != NULL)
    oh_phone_set_refresh (self->phones);
}

/* Not before the name is ours: two agents of one user would take each other's events away. The
 * first call of who had the bus start us is answered after this, so the phones are there. */
static void
on_owned (OhAgent *self)
{
  const OhDeskParts phones = {
    .clock = oh_clock_system (),
    .config = self->config,
    .secrets = self->secrets,
    .dialler = self->dialler,
    .dnd = self->dnd,
    .service = self->service,
    .listener = self->listener,
    .journal = self->journal,
    .moves = oh_phone_finding_moves (self->finding),
  };

  if (self->stopping)
    return;
  oh_call_history_start (self->history); /* before a phone tells of calls */
  self->phones = oh_phone_set_new (&phones);
  oh_phone_finding_set_phones (self->finding, self->phones);
  oh_account_start (self->account);
}

static void
on_lost (OhBusService *service, gboolean taken, OhAgent *self)
{
  self->taken = taken;
  if (!self->stopping)
    g_signal_emit (self, finished_signal, 0);
}

/* --- building ------------------------------------------------------------------------------- */

static void
build_models (OhAgent *self)
{
  OhClock *clock = oh_clock_system ();
  g_autofree char *secret = oh_installation_derive (self->installation, "events");

  self->secrets = oh_secrets_new (clock);
  self->contacts = oh_contacts_new ();
  self->subscription = oh_subscription_new (clock, self->contacts);
  self->publication = oh_publication_new (clock, self->subscription);
  self->calls = oh_call_list_new (clock);
  self->journal = oh_call_journal_new (self->calls, clock, NULL);
  self->dialler = oh_dialler_new (self->calls, clock);
  oh_dialler_set_facts (self->dialler, oh_phone_metadata_facts);
  oh_dialler_set_name_lookup (self->dialler, name_of_number, self->contacts);
  self->listener = oh_snom_listener_new (secret, oh_config_get_event_port (self->config));
  oh_agent_build_provisioning (self);
}

static void
build_history (OhAgent *self)
{
  const OhCallHistoryParts parts = {
    .clock = oh_clock_system (),
    .config = self->config,
    .calls = self->calls,
    .dialler = self->dialler,
    .contacts = self->contacts,
  };

  self->history = oh_call_history_new (&parts);
}

static void
build_doctor (OhAgent *self)
{
  const OhDoctorParts parts = {
    .clock = oh_clock_system (),
    .config = self->config,
    .secrets = self->secrets,
    .directory = oh_searching_directory (self->searching),
    .installation = self->installation,
    .trouble = oh_account_trouble (self->account),
    .host = &oh_agent_doctor_host,
    .host_data = self,
  };

  self->doctor = oh_doctor_new (&parts);
}

static void
build_roster (OhAgent *self)
{
  const OhRosterParts parts = {
    .clock = oh_clock_system (),
    .config = self->config,
    .account = self->account,
    .contacts = self->contacts,
    .subscription = self->subscription,
  };

  self->roster = oh_roster_new (&parts);
}

static void
build_fronts (OhAgent *self)
{
  OhClock *clock = oh_clock_system ();
  const OhAccountParts account = {
    .clock = clock,
    .config = self->config,
    .secrets = self->secrets,
    .subscription = self->subscription,
    .publication = self->publication,
    .provisioner = self->provisioner,
    .installation = self->installation,
  };
  OhBusModels models = {
    .clock = clock,
    .calls = self->calls,
    .dialler = self->dialler,
    .contacts = self->contacts,
    .publication = self->publication,
  };

  build_history (self);
  self->account = oh_account_new (&account);
  build_roster (self);
  self->searching = oh_searching_new (self->config, self->account, self->contacts, clock);
  self->finding =
    oh_phone_finding_new (self->config, self->secrets, self->searching, self->listener, clock);
  build_doctor (self);
  models.doctor = self->doctor;
  self->service = oh_bus_service_new (&models, &oh_agent_bus_host, self);
  self->recorder = oh_recorder_new (clock);
  self->trace = oh_bus_trace_new (self->recorder);
}

static void
join (OhAgent *self)
{
  g_signal_connect_object (self->account, "changed", G_CALLBACK (on_account), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->config, "numbers-changed", G_CALLBACK (oh_agent_apply_numbers),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->config, "account-changed", G_CALLBACK (oh_agent_apply_numbers),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->provisioner, "changed", G_CALLBACK (oh_agent_apply_numbers), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->config, "links-changed", G_CALLBACK (on_links), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->config, "phones-changed", G_CALLBACK (on_phone_choice), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->recorder, "changed", G_CALLBACK (on_trace), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "owned", G_CALLBACK (on_owned), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->service, "lost", G_CALLBACK (on_lost), self, 0);
  self->dnd = oh_dnd_joint_new (oh_clock_system (), self->config, self->publication);
  self->own_use = oh_own_use_new (oh_clock_system (), self->config, self->calls, self->publication);
  self->surroundings = oh_surroundings_new (oh_clock_system (), self->account, on_settled, self);
  on_account (self);
  oh_agent_apply_numbers (self);
  on_links (self);
  on_phone_choice (self);
}

OhAgent *
oh_agent_new (const char *installation, GError **error)
{
  OhConfig *config = oh_config_new (NULL, error);
  OhAgent *self;

  if (config == NULL)
    return NULL;
  self = g_object_new (OH_TYPE_AGENT, NULL);
  self->config = config;
  self->installation = g_strdup (installation);
  build_models (self);
  build_fronts (self);
  join (self);
  return self;
}

gboolean
oh_agent_start (OhAgent *self, GDBusConnection *connection, gboolean replace, GError **error)
{
  g_return_val_if_fail (self->lock == NULL, FALSE);
  self->lock = oh_session_lock_new (connection);
  g_signal_connect_object (self->lock, "notify::locked", G_CALLBACK (on_lock), self,
                           G_CONNECT_SWAPPED);
  on_lock (self);
  oh_own_use_follow_desktop (self->own_use, connection, self->lock);
  return oh_bus_trace_export (self->trace, connection, error) &&
         oh_call_history_export (self->history, connection, error) &&
         oh_roster_export (self->roster, connection, error) &&
         oh_searching_export (self->searching, connection, error) &&
         oh_phone_finding_export (self->finding, connection, error) &&
         oh_bus_server_export (self->server, connection, error) &&
         oh_bus_service_export (self->service, connection, replace, error);
}

/* --- taking apart --------------------------------------------------------------------------- */

/* Phones and account end side by side: the session may not wait long for either. */
static void
part_stopped (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  OhAgent *self = g_task_get_source_object (task);

  if (--self->parts_left > 0)
    return;
  oh_bus_service_stop (self->service);
  g_task_return_boolean (task, TRUE);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
  part_stopped (user_data);
}

static void
on_history_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
  part_stopped (user_data);
}

static void
on_phones_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhAgent *self = g_task_get_source_object (user_data);

  oh_phone_set_stop_finish (self->phones, result);
  oh_phone_finding_set_phones (self->finding, NULL);
  g_clear_pointer (&self->phones, oh_phone_set_free);
  part_stopped (user_data);
}

void
oh_agent_stop_async (OhAgent *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (!self->stopping);
  self->stopping = TRUE;
  oh_call_journal_stop (self->journal); /* calls do not end because we do */
  g_clear_pointer (&self->own_use, oh_own_use_free);
  g_clear_pointer (&self->surroundings, oh_surroundings_free);
  g_clear_object (&self->lock);
  if (self->phones == NULL || self->taken)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->parts_left = 3;
  oh_account_sign_out (self->account, g_task_new (NULL, NULL, on_signed_out, g_object_ref (task)));
  oh_call_history_stop_async (self->history, on_history_stopped, g_object_ref (task));
  oh_phone_set_stop_async (self->phones, on_phones_stopped, g_object_ref (task));
}

void
oh_agent_stop_finish (OhAgent *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
oh_agent_dispose (GObject *object)
{
  OhAgent *self = OH_AGENT (object);

  g_clear_pointer (&self->own_use, oh_own_use_free);
  g_clear_pointer (&self->surroundings, oh_surroundings_free);
  g_clear_object (&self->lock);
  g_clear_pointer (&self->phones, oh_phone_set_free);
  g_clear_pointer (&self->finding, oh_phone_finding_free);
  g_clear_pointer (&self->dnd, oh_dnd_joint_free);
  g_clear_pointer (&self->trace, oh_bus_trace_free);
  g_clear_object (&self->recorder);
  g_clear_object (&self->service);
  g_clear_object (&self->doctor);
  g_clear_pointer (&self->roster, oh_roster_free);
  g_clear_pointer (&self->searching, oh_searching_free);
  g_clear_object (&self->account);
  g_clear_pointer (&self->server, oh_bus_server_free);
  g_clear_object (&self->provisioner);
  g_clear_object (&self->listener);
  g_clear_pointer (&self->history, oh_call_history_free);
  g_clear_object (&self->dialler);
  g_clear_pointer (&self->journal, oh_call_journal_free);
  g_clear_object (&self->calls);
  g_clear_object (&self->publication);
  g_clear_object (&self->subscription);
  g_clear_object (&self->contacts);
  g_clear_object (&self->secrets);
  g_clear_object (&self->config);
  G_OBJECT_CLASS (oh_agent_parent_class)->dispose (object);
}

static void
oh_agent_finalize (GObject *object)
{
  g_free (OH_AGENT (object)->installation);
  g_free (OH_AGENT (object)->noted);
  G_OBJECT_CLASS (oh_agent_parent_class)->finalize (object);
}

static void
oh_agent_class_init (OhAgentClass *class)
{
  G_OBJECT_CLASS (class)->dispose = oh_agent_dispose;
  G_OBJECT_CLASS (class)->finalize = oh_agent_finalize;
  finished_signal = g_signal_new ("finished", OH_TYPE_AGENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
oh_agent_init (OhAgent *self)
{
}
