/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-set.h"

#include <glib/gi18n-lib.h>

#include "config-value.h"
#include "desk-admin.h"

struct _OhPhoneSet
{
  OhDeskParts parts; /* owned, but for joint and journal, which outlive this */
  GPtrArray *phones; /* (owned) (element-type OhDeskPhone) */
  gulong followed;   /* handler of the settings; 0 once stopped */
};

static OhDeskPhone *
find_phone (OhPhoneSet *self, const char *id)
{
  for (guint i = 0; i < self->phones->len; i++)
    {
      OhDeskPhone *phone = g_ptr_array_index (self->phones, i);

      if (g_str_equal (oh_desk_phone_settings (phone)->id, id))
        return phone;
    }
  return NULL;
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
drop_phone (OhPhoneSet *self, OhDeskPhone *phone)
{
  oh_desk_phone_give_back_async (phone, NULL, NULL, NULL);
  g_ptr_array_remove (self->phones, phone);
}

/* Takes @settings, which make another phone than @phone was. */
static void
replace_phone (OhPhoneSet *self, OhDeskPhone *phone, OhConfigPhone *settings)
{
  const OhConfigPhone *before = oh_desk_phone_settings (phone);

  /* The same phone, spoken to in another way, is told its URLs by its new object. */
  if (!g_str_equal (before->host, settings->host) || !settings->events)
    oh_desk_phone_give_back_async (phone, NULL, NULL, NULL);
  g_ptr_array_remove (self->phones, phone);
  g_ptr_array_add (self->phones, oh_desk_phone_new (&self->parts, settings));
}

/* Takes @settings. */
static void
take_settings (OhPhoneSet *self, OhConfigPhone *settings)
{
  OhDeskPhone *phone = find_phone (self, settings->id);

  if (phone == NULL)
    g_ptr_array_add (self->phones, oh_desk_phone_new (&self->parts, settings));
  else if (oh_config_phone_equal (oh_desk_phone_settings (phone), settings))
    oh_config_phone_free (settings);
  else if (oh_desk_phone_is_same (oh_desk_phone_settings (phone), settings))
    oh_desk_phone_apply (phone, settings);
  else
    replace_phone (self, phone, settings);
}

static void
take_all (OhPhoneSet *self)
{
  g_autoptr (GPtrArray) wanted = oh_config_dup_phones (self->parts.config);

  for (guint i = self->phones->len; i > 0; i--)
    {
      OhDeskPhone *phone = g_ptr_array_index (self->phones, i - 1);

      if (!is_wanted (wanted, oh_desk_phone_settings (phone)->id))
        drop_phone (self, phone);
    }
  g_ptr_array_set_free_func (wanted, NULL); /* each goes to its phone */
  for (guint i = 0; i < wanted->len; i++)
    take_settings (self, g_ptr_array_index (wanted, i));
}

OhPhoneSet *
oh_phone_set_new (const OhDeskParts *parts)
{
  OhPhoneSet *self = g_new0 (OhPhoneSet, 1);

  self->parts.clock = g_object_ref (parts->clock);
  self->parts.config = g_object_ref (parts->config);
  self->parts.secrets = g_object_ref (parts->secrets);
  self->parts.dialler = g_object_ref (parts->dialler);
  self->parts.dnd = parts->dnd;
  self->parts.journal = parts->journal;
  self->parts.moves = parts->moves;
  self->parts.service = g_object_ref (parts->service);
  self->parts.listener = g_object_ref (parts->listener);
  self->phones = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_desk_phone_free);
  self->followed =
    g_signal_connect_swapped (parts->config, "phones-changed", G_CALLBACK (take_all), self);
  take_all (self);
  return self;
}

void
oh_phone_set_free (OhPhoneSet *self)
{
  if (self == NULL)
    return;
  g_clear_signal_handler (&self->followed, self->parts.config);
  g_clear_pointer (&self->phones, g_ptr_array_unref);
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
  return find_phone (self, id) != NULL;
}

OhPhone *
oh_phone_set_find (OhPhoneSet *self, const char *id)
{
  OhDeskPhone *phone;

  take_all (self);
  phone = find_phone (self, id);
  return phone != NULL ? oh_desk_phone_phone (phone) : NULL;
}

void
oh_phone_set_login_changed (OhPhoneSet *self, const char *id)
{
  OhDeskPhone *phone = find_phone (self, id);

  if (phone != NULL)
    oh_desk_phone_log_in (phone);
}

void
oh_phone_set_refresh (OhPhoneSet *self)
{
  for (guint i = 0; i < self->phones->len; i++)
    oh_desk_phone_refresh (g_ptr_array_index (self->phones, i));
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
  oh_desk_admin_forget (self->parts.secrets, errand->id);
  oh_secrets_store_async (self->parts.secrets, OH_SECRET_PHONE, errand->id, "", NULL, on_forgotten,
                          g_steal_pointer (&task));
}

static void
on_given_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  oh_desk_phone_give_back_finish (result);
  forget_phone (user_data);
}

void
oh_phone_set_remove_async (OhPhoneSet *self, const char *id, GTask *task)
{
  Errand *errand = begin_errand (self, task);
  OhDeskPhone *phone = find_phone (self, id);

  errand->id = g_strdup (id);
  if (phone != NULL)
    oh_desk_phone_give_back_async (phone, errand->enough, on_given_back, task);
  else
    forget_phone (task); /* which says that there is none */
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
  oh_desk_phone_give_back_finish (result);
  one_less (user_data);
}

void
oh_phone_set_stop_async (OhPhoneSet *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Errand *errand = begin_errand (self, task);

  g_clear_signal_handler (&self->followed, self->parts.config);
  errand->waiting = self->phones->len + 1; /* and ourselves, so that none is no exception */
  for (guint i = 0; i < self->phones->len; i++)
    oh_desk_phone_give_back_async (g_ptr_array_index (self->phones, i), errand->enough,
                                   on_one_given_back, g_object_ref (task));
  one_less (task);
}

void
oh_phone_set_stop_finish (OhPhoneSet *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
