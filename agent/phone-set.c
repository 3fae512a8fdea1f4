/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-set.h"

#include <glib/gi18n-lib.h>

#include "config-value.h"
#include "snom-phone.h"

/* One phone of the settings. Its phone is NULL when the settings do not make one. */
typedef struct
{
  OhPhoneSet *set;         /* (unowned): owns this */
  OhConfigPhone *settings; /* (owned): what was applied last */
  OhPhone *phone;          /* (owned) (nullable) */
  GCancellable *lookup; /* (owned): of the password; cancelled when the entry goes, or asks anew */
  gboolean watch_asked; /* from then on the phone keeps its events coming by itself */
} Entry;

struct _OhPhoneSet
{
  OhPhoneSetParts parts; /* owned */
  GPtrArray *entries;    /* (owned) (element-type Entry) */
  gulong followed;       /* handler of the settings; 0 once stopped */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_cancellable_cancel (entry->lookup);
  if (entry->phone != NULL)
    {
      g_signal_handlers_disconnect_by_data (entry->phone, entry);
      oh_dialler_remove_phone (entry->set->parts.dialler, entry->phone);
    }
  oh_bus_service_remove_phone (entry->set->parts.service, entry->settings->id);
  g_clear_object (&entry->phone);
  g_clear_object (&entry->lookup);
  oh_config_phone_free (entry->settings);
  g_free (entry);
}

static Entry *
find_entry (OhPhoneSet *self, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (entry->settings->id, id))
        return entry;
    }
  return NULL;
}

static OhBusPhoneSettings
bus_settings (const OhConfigPhone *settings)
{
  return (OhBusPhoneSettings){
    .host = settings->host,
    .trust = settings->trust,
    .fingerprint = settings->fingerprint,
    .problem = settings->problem,
  };
}

static void
apply_trust (Entry *entry)
{
  const OhConfigPhone *settings = entry->settings;
  OhPhoneTrust trust = {
    .fingerprint = settings->fingerprint[0] != '\0' ? settings->fingerprint : NULL,
    .ca_file = settings->ca_file[0] != '\0' ? settings->ca_file : NULL,
  };

  /* The schema allows the five words only, so a word that is none cannot get here. */
  g_return_if_fail (oh_phone_trust_mode_from_nick (settings->trust, &trust.mode));
  oh_phone_set_trust (entry->phone, &trust);
}

static void
on_watched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* The phone's own reason tells the user; a call that is dialled without events says so too. */
  if (!oh_phone_watch_finish (OH_PHONE (source), result, &error))
    g_message ("[%s] no events: %s", oh_phone_get_id (OH_PHONE (source)), error->message);
}

static void
on_state (OhPhone *phone, GParamSpec *pspec, Entry *entry)
{
  if (oh_phone_get_state (phone) != OH_PHONE_STATE_READY || entry->watch_asked ||
      !entry->settings->events)
    return;
  entry->watch_asked = TRUE;
  oh_phone_watch_async (phone, NULL, on_watched, NULL);
}

static void
on_certificate (OhPhone *phone, const char *fingerprint, gboolean first_use, Entry *entry)
{
  OhBusPhoneSettings shown;
  g_autoptr (GError) error = NULL;

  if (!first_use)
    return; /* refused: the phone's state and reason say so */
  /* Ours first: the change that comes back from the settings is then none. */
  g_free (entry->settings->fingerprint);
  entry->settings->fingerprint = g_strdup (fingerprint);
  shown = bus_settings (entry->settings);
  oh_bus_service_update_phone (entry->set->parts.service, entry->settings->id, &shown);
  if (!oh_config_store_pin (entry->set->parts.config, entry->settings->id, NULL, fingerprint,
                            &error))
    g_message ("[%s] its key is trusted until the agent ends: %s", entry->settings->id,
               error->message);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error))
    g_debug ("[%s] %s", oh_phone_get_id (OH_PHONE (source)), error->message);
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  char *password = oh_secrets_lookup_finish (OH_SECRETS (source), result, &error);
  Entry *entry;

  if (g_error_matches (error, OH_ERROR, OH_ERROR_CANCELLED))
    return; /* the entry is gone, or has asked anew */
  entry = user_data;
  if (error != NULL)
    g_message ("[%s] %s", entry->settings->id, error->message);
  /* A name without its password would only count towards a lock-out. */
  oh_phone_set_login (entry->phone, password != NULL ? entry->settings->user : NULL, password);
  oh_secrets_free_password (password);
  oh_phone_probe_async (entry->phone, NULL, on_probed, NULL);
}

static void
begin (Entry *entry)
{
  if (entry->phone == NULL)
    return;
  g_cancellable_cancel (entry->lookup);
  g_object_unref (entry->lookup);
  entry->lookup = g_cancellable_new ();
  if (entry->settings->user[0] != '\0')
    {
      oh_secrets_lookup_async (entry->set->parts.secrets, OH_SECRET_PHONE, entry->settings->id,
                               entry->lookup, on_password, entry);
      return;
    }
  oh_phone_set_login (entry->phone, NULL, NULL);
  oh_phone_probe_async (entry->phone, NULL, on_probed, NULL);
}

/* What of a phone cannot be changed while it lives. */
static gboolean
is_same_phone (const OhConfigPhone *a, const OhConfigPhone *b)
{
  return g_str_equal (a->host, b->host) && g_str_equal (a->scheme, b->scheme) &&
         a->events == b->events;
}

static void
apply_identity (Entry *entry)
{
  const char *identity = entry->settings->identity;

  oh_snom_phone_set_identity (OH_SNOM_PHONE (entry->phone), identity[0] != '\0' ? identity : NULL);
}

static void
make_phone (Entry *entry)
{
  const OhConfigPhone *settings = entry->settings;
  OhPhoneSetParts *parts = &entry->set->parts;

  if (settings->host[0] == '\0')
    return; /* "problem" says why */
  entry->phone = oh_snom_phone_new (settings->id, settings->host, settings->scheme,
                                    settings->events ? parts->listener : NULL, parts->clock);
  apply_trust (entry);
  apply_identity (entry);
  g_signal_connect (entry->phone, "notify::state", G_CALLBACK (on_state), entry);
  g_signal_connect (entry->phone, "certificate", G_CALLBACK (on_certificate), entry);
  oh_dialler_add_phone (parts->dialler, entry->phone);
}

/* Takes @settings. */
static void
add_entry (OhPhoneSet *self, OhConfigPhone *settings)
{
  Entry *entry = g_new0 (Entry, 1);
  OhBusPhoneSettings shown = bus_settings (settings);

  if (settings->problem != NULL)
    g_message ("[%s] %s", settings->id, settings->problem->message);
  entry->set = self;
  entry->settings = settings;
  entry->lookup = g_cancellable_new ();
  make_phone (entry);
  g_ptr_array_add (self->entries, entry);
  oh_bus_service_add_phone (self->parts.service, settings->id, entry->phone, &shown);
  begin (entry);
}

/* Takes @settings, which make the same phone as before. */
static void
update_entry (Entry *entry, OhConfigPhone *settings)
{
  OhBusPhoneSettings shown = bus_settings (settings);
  gboolean trust_differs = !g_str_equal (settings->trust, entry->settings->trust) ||
                           !g_str_equal (settings->fingerprint, entry->settings->fingerprint) ||
                           !g_str_equal (settings->ca_file, entry->settings->ca_file);

  oh_config_phone_free (entry->settings);
  entry->settings = settings;
  oh_bus_service_update_phone (entry->set->parts.service, settings->id, &shown);
  if (entry->phone == NULL)
    return;
  if (trust_differs)
    apply_trust (entry);
  apply_identity (entry);
  begin (entry);
}

static void
on_unwatched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!oh_phone_unwatch_finish (OH_PHONE (source), result, &error))
    g_message ("[%s] its event URLs stay as they are: %s", oh_phone_get_id (OH_PHONE (source)),
               error->message);
}

/* The phone object lives on until its own URLs are back. */
static void
drop_entry (OhPhoneSet *self, Entry *entry, gboolean give_back)
{
  if (give_back && entry->phone != NULL && entry->watch_asked)
    oh_phone_unwatch_async (entry->phone, NULL, on_unwatched, NULL);
  g_ptr_array_remove (self->entries, entry);
}

static gboolean
is_wanted (GPtrArray *wanted, const char *id)
{
  for (guint i = 0; i < wanted->len; i++)
    {
      const OhConfigPhone *settings = g_ptr_array_index (wanted, i);

      if (g_str_equal (settings->id, id))
        return TRUE;
    }
  return FALSE;
}

static void
take_settings (OhPhoneSet *self, OhConfigPhone *settings)
{
  Entry *entry = find_entry (self, settings->id);

  if (entry == NULL)
    add_entry (self, settings);
  else if (oh_config_phone_equal (entry->settings, settings))
    oh_config_phone_free (settings);
  else if (is_same_phone (entry->settings, settings))
    update_entry (entry, settings);
  else
    {
      /* The same phone, spoken to in another way, will be told its URLs by the new entry. */
      drop_entry (self, entry,
                  !g_str_equal (entry->settings->host, settings->host) || !settings->events);
      add_entry (self, settings);
    }
}

static void
take_all (OhPhoneSet *self)
{
  g_autoptr (GPtrArray) wanted = oh_config_dup_phones (self->parts.config);

  for (guint i = self->entries->len; i > 0; i--)
    {
      Entry *entry = g_ptr_array_index (self->entries, i - 1);

      if (!is_wanted (wanted, entry->settings->id))
        drop_entry (self, entry, TRUE);
    }
  g_ptr_array_set_free_func (wanted, NULL); /* each goes to its entry */
  for (guint i = 0; i < wanted->len; i++)
    take_settings (self, g_ptr_array_index (wanted, i));
}

OhPhoneSet *
oh_phone_set_new (const OhPhoneSetParts *parts)
{
  OhPhoneSet *self = g_new0 (OhPhoneSet, 1);

  self->parts.clock = g_object_ref (parts->clock);
  self->parts.config = g_object_ref (parts->config);
  self->parts.secrets = g_object_ref (parts->secrets);
  self->parts.dialler = g_object_ref (parts->dialler);
  self->parts.service = g_object_ref (parts->service);
  self->parts.listener = g_object_ref (parts->listener);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->followed =
    g_signal_connect_swapped (parts->config, "phones-changed", G_CALLBACK (sync), self);
  take_all (self);
  return self;
}

void
oh_phone_set_free (OhPhoneSet *self)
{
  if (self == NULL)
    return;
  g_clear_signal_handler (&self->followed, self->parts.config);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->parts.listener);
  g_clear_object (&self->parts.service);
  g_clear_object (&self->parts.dialler);
  g_clear_object (&self->parts.secrets);
  g_clear_object (&self->parts.config);
  g_clear_object (&self->parts.clock);
  g_free (self);
}

gboolean
oh_phone_set_has (OhPhoneSet *self, const char *id)
{
  take_all (self); /* the settings may be ahead of their signal */
  return find_entry (self, id) != NULL;
}

void
oh_phone_set_login_changed (OhPhoneSet *self, const char *id)
{
  Entry *entry = find_entry (self, id);

  if (entry != NULL)
    begin (entry);
}

char *
oh_phone_set_pin (OhPhoneSet *self, const char *id, const char *fingerprint, GError **error)
{
  g_autofree char *digits = oh_config_value_fingerprint (fingerprint);

  if (digits == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                   _ ("A fingerprint has 64 hexadecimal digits (SHA-256 of the key)."));
      return NULL;
    }
  if (!oh_config_store_pin (self->parts.config, id, "pin", digits, error))
    return NULL;
  take_all (self);
  return g_steal_pointer (&digits);
}

/* --- an errand with a time limit ------------------------------------------------------------ */

/* What runs while phones get their URLs back. */
typedef struct
{
  OhPhoneSet *set;      /* (unowned) */
  OhClock *clock;       /* (owned) */
  GCancellable *enough; /* (owned): the limit cancels what still waits */
  char *id;             /* (owned) (nullable): of the phone to be removed */
  guint alarm;
  guint waiting;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  oh_clock_clear_alarm (errand->clock, &errand->alarm);
  g_clear_object (&errand->clock);
  g_clear_object (&errand->enough);
  g_free (errand->id);
  g_free (errand);
}

static gboolean
on_limit (gpointer user_data)
{
  Errand *errand = user_data;

  errand->alarm = 0;
  g_cancellable_cancel (errand->enough);
  return G_SOURCE_REMOVE;
}

static Errand *
begin_errand (OhPhoneSet *self, GTask *task)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->set = self;
  errand->clock = g_object_ref (self->parts.clock);
  errand->enough = g_cancellable_new ();
  errand->alarm =
    oh_clock_add_alarm_in (errand->clock, OH_PHONE_SET_STOP_LIMIT_US, on_limit, errand);
  g_task_set_task_data (task, errand, errand_free);
  return errand;
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!oh_secrets_store_finish (OH_SECRETS (source), result, &error))
    g_message ("%s", error->message); /* the phone is gone all the same */
  g_task_return_boolean (task, TRUE);
}

static void
forget_phone (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Errand *errand = g_task_get_task_data (task);
  OhPhoneSet *self = errand->set;
  GError *error = NULL;

  if (!oh_config_remove_phone (self->parts.config, errand->id, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  take_all (self);
  oh_secrets_store_async (self->parts.secrets, OH_SECRET_PHONE, errand->id, "", NULL, on_forgotten,
                          g_steal_pointer (&task));
}

static void
on_given_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_unwatched (source, result, NULL);
  forget_phone (user_data);
}

void
oh_phone_set_remove_async (OhPhoneSet *self, const char *id, GTask *task)
{
  Errand *errand = begin_errand (self, task);
  Entry *entry = find_entry (self, id);

  errand->id = g_strdup (id);
  if (entry == NULL || entry->phone == NULL || !entry->watch_asked)
    {
      forget_phone (task);
      return;
    }
  entry->watch_asked = FALSE;
  oh_phone_unwatch_async (entry->phone, errand->enough, on_given_back, task);
}

static void
one_less (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Errand *errand = g_task_get_task_data (task);

  if (--errand->waiting == 0)
    g_task_return_boolean (task, TRUE);
}

static void
on_one_given_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_unwatched (source, result, NULL);
  one_less (user_data);
}

void
oh_phone_set_stop_async (OhPhoneSet *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Errand *errand = begin_errand (self, task);

  g_clear_signal_handler (&self->followed, self->parts.config);
  errand->waiting = 1; /* ourselves, until all are asked */
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->phone == NULL || !entry->watch_asked)
        continue;
      errand->waiting++;
      oh_phone_unwatch_async (entry->phone, errand->enough, on_one_given_back, g_object_ref (task));
    }
  one_less (task);
}

void
oh_phone_set_stop_finish (OhPhoneSet *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
