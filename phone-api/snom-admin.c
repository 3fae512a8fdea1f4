/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-admin.h"
#include "secret-text.h"
#include "snom-settings.h"

#include <glib/gi18n-lib.h>

/* Writes no setting, has all of them kept (firmware since 8.4.33 keeps changes in memory only). */
#define KEEP_TARGET "/dummy.htm?settings=save&store_settings=save"

typedef enum
{
  STEP_READ,   /* the settings and what may be done with them */
  STEP_WRITE,  /* the first wish that is left */
  STEP_VERIFY, /* the settings once more */
} Step;

/* Something being set: the task's data. */
typedef struct
{
  Step step;
  GHashTable *settings; /* (nullable): as read last */
  GPtrArray *wishes;    /* (element-type OhSnomWish): all of them, for the look afterwards */
  guint n_written;
  gboolean unknown;        /* one of them got no answer */
  OhPhoneAccount *account; /* (nullable) */
  OhPhoneLoginKind kind;   /* else a login */
  char *user;              /* (nullable) */
  char *password;          /* (nullable): of secret-text.h */
} Setting;

static void next_step (GTask *owned);

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_clear_pointer (&setting->settings, g_hash_table_unref);
  g_ptr_array_unref (setting->wishes);
  oh_phone_account_free (setting->account);
  g_free (setting->user);
  oh_secret_free (setting->password);
  g_free (setting);
}

static GTask *
new_task (OhPhoneAdmin *self, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  return task;
}

/* --- looking -------------------------------------------------------------------------------- */

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhSnomPhone *self = OH_SNOM_PHONE (source);
  GError *error = NULL;
  g_autoptr (GHashTable) settings = oh_snom_admin_read_finish (result, &error);

  if (settings == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           oh_snom_admin_view (settings, oh_phone_get_firmware (OH_PHONE (self)),
                                               oh_snom_http_get_unprotected (self->http)),
                           (GDestroyNotify) oh_phone_admin_view_free);
}

static void
snom_look_async (OhPhoneAdmin *admin, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
  oh_snom_admin_read_async (OH_SNOM_PHONE (admin), cancellable, on_looked,
                            new_task (admin, snom_look_async, cancellable, callback, user_data));
}

static OhPhoneAdminView *
snom_look_finish (OhPhoneAdmin *admin, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- writing -------------------------------------------------------------------------------- */

static void
add_wish (Setting *setting, OhSnomWish *wish)
{
  if (wish != NULL)
    g_ptr_array_add (setting->wishes, wish);
}

/* Nothing is written where part of it would be ignored. */
static const char *
make_wishes (Setting *setting)
{
  if (setting->account != NULL)
    {
      add_wish (setting, oh_snom_wish_account (setting->account));
      add_wish (setting, oh_snom_wish_crypt (setting->account));
    }
  else
    add_wish (setting, oh_snom_wish_login (setting->settings, setting->kind, setting->user,
                                           setting->password));
  for (guint i = 0; i < setting->wishes->len; i++)
    {
      const char *obstacle =
        oh_snom_wish_obstacle (g_ptr_array_index (setting->wishes, i), setting->settings);

      if (obstacle != NULL)
        return obstacle;
    }
  return NULL;
}

/* A phone answers well to what it does not do. */
static void
conclude (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  OhSnomPhone *self = g_task_get_source_object (task);
  Setting *setting = g_task_get_task_data (task);

  for (guint i = 0; i < setting->wishes->len; i++)
    {
      const char *missed =
        oh_snom_wish_missed (g_ptr_array_index (setting->wishes, i), setting->settings);

      if (missed == NULL)
        continue;
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_PHONE_REFUSED,
                               _ ("The phone at %s did not take its setting “%s”. Allow "
                                  "“admin_mode”, and have it made writable where the phone is "
                                  "provisioned."),
                               oh_phone_get_host (OH_PHONE (self)), missed);
      return;
    }
  g_task_return_int (task,
                     setting->unknown ? OH_PHONE_OUTCOME_UNKNOWN : OH_PHONE_OUTCOME_CONFIRMED);
}

static void
on_settings (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Setting *setting = g_task_get_task_data (task);
  GError *error = NULL;
  const char *obstacle;

  g_clear_pointer (&setting->settings, g_hash_table_unref);
  setting->settings = oh_snom_admin_read_finish (result, &error);
  if (setting->settings == NULL)
    g_task_return_error (task, error);
  else if (setting->step == STEP_VERIFY)
    conclude (g_steal_pointer (&task));
  else if ((obstacle = make_wishes (setting)) != NULL)
    g_task_return_error (task, oh_snom_admin_obstacle_error (OH_SNOM_PHONE (source), obstacle));
  else
    {
      setting->step = STEP_WRITE;
      next_step (g_steal_pointer (&task));
    }
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Setting *setting = g_task_get_task_data (task);
  GError *error = NULL;
  OhPhoneOutcome outcome = oh_snom_admin_write_finish (result, &error);

  if (outcome == OH_PHONE_OUTCOME_FAILED)
    {
      g_task_return_error (task, error);
      return;
    }
  setting->unknown = setting->unknown || outcome == OH_PHONE_OUTCOME_UNKNOWN;
  setting->n_written++;
  if (setting->account == NULL) /* the next request has to carry the new login */
    {
      g_task_return_int (task, outcome);
      return;
    }
  if (setting->n_written == setting->wishes->len)
    setting->step = STEP_VERIFY;
  next_step (g_steal_pointer (&task));
}

static OhSnomWish *
copy_wish (const OhSnomWish *wish)
{
  OhSnomWish *copy = g_new0 (OhSnomWish, 1);

  copy->page = g_strdup (wish->page);
  copy->n = wish->n;
  for (guint i = 0; i < wish->n; i++)
    {
      copy->names[i] = g_strdup (wish->names[i]);
      copy->values[i] = oh_secret_dup (wish->values[i]);
    }
  return copy;
}

static void
next_step (GTask *owned)
{
  OhSnomPhone *self = g_task_get_source_object (owned);
  Setting *setting = g_task_get_task_data (owned);
  GCancellable *cancellable = g_task_get_cancellable (owned);

  switch (setting->step)
    {
    case STEP_READ:
    case STEP_VERIFY: oh_snom_admin_read_async (self, cancellable, on_settings, owned); break;
    case STEP_WRITE:
      if (setting->wishes->len == 0)
        {
          g_task_return_int (owned, OH_PHONE_OUTCOME_CONFIRMED); /* nothing to set */
          g_object_unref (owned);
          break;
        }
      oh_snom_admin_write_async (
        self, copy_wish (g_ptr_array_index (setting->wishes, setting->n_written)),
        setting->settings, cancellable, on_written, owned);
      break;
    default: g_return_if_reached ();
    }
}

static Setting *
new_setting (GTask *task)
{
  Setting *setting = g_new0 (Setting, 1);

  setting->wishes = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_snom_wish_free);
  g_task_set_task_data (task, setting, setting_free);
  return setting;
}

static void
snom_write_login_async (OhPhoneAdmin *admin, OhPhoneLoginKind kind, const char *user,
                        const char *password, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = new_task (admin, snom_write_login_async, cancellable, callback, user_data);
  Setting *setting = new_setting (task);

  setting->kind = kind;
  setting->user = g_strdup (user);
  setting->password = oh_secret_dup (password);
  next_step (task);
}

static void
snom_write_account_async (OhPhoneAdmin *admin, const OhPhoneAccount *account,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = new_task (admin, snom_write_account_async, cancellable, callback, user_data);

  new_setting (task)->account = oh_phone_account_copy (account);
  next_step (task);
}

static OhPhoneOutcome
outcome_finish (OhPhoneAdmin *admin, GAsyncResult *result, GError **error)
{
  gssize outcome = g_task_propagate_int (G_TASK (result), error);

  return outcome >= 0 ? (OhPhoneOutcome) outcome : OH_PHONE_OUTCOME_FAILED;
}

/* --- keeping -------------------------------------------------------------------------------- */

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body != NULL)
    g_task_return_boolean (task, TRUE);
  else
    oh_snom_admin_fail (g_steal_pointer (&task), error);
}

static gboolean
takes_queries (OhSnomPhone *self)
{
  static const char *const switches[] = { "use_hidden_tags", "restrict_uri_queries" };

  for (gsize i = 0; i < G_N_ELEMENTS (switches) && self->settings != NULL; i++)
    if (g_strcmp0 (g_hash_table_lookup (self->settings, switches[i]), "on") == 0)
      return FALSE;
  return TRUE;
}

static void
snom_keep_async (OhPhoneAdmin *admin, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (admin);
  GTask *task = new_task (admin, snom_keep_async, cancellable, callback, user_data);

  if (takes_queries (self))
    {
      oh_snom_http_get_async (self->http, OH_SNOM_WRITE, KEEP_TARGET, cancellable, on_kept, task);
      return;
    }
  g_task_return_boolean (task, TRUE); /* the form that was sent had the wish in it */
  g_object_unref (task);
}

static gboolean
snom_keep_finish (OhPhoneAdmin *admin, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- registering ---------------------------------------------------------------------------- */

static void
on_registering (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body != NULL)
    g_task_return_int (task, OH_PHONE_OUTCOME_SENT);
  else if (g_error_matches (error, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN))
    {
      g_error_free (error);
      g_task_return_int (task, OH_PHONE_OUTCOME_UNKNOWN);
    }
  else
    oh_snom_admin_fail (g_steal_pointer (&task), error);
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);
  const char *target = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (body == NULL)
    oh_snom_admin_fail (g_steal_pointer (&task), error);
  else
    oh_snom_http_get_async (OH_SNOM_HTTP (source), OH_SNOM_ONCE, target, cancellable,
                            on_registering, g_steal_pointer (&task));
}

static void
snom_register_async (OhPhoneAdmin *admin, guint number, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (admin);
  GTask *task = new_task (admin, snom_register_async, cancellable, callback, user_data);

  g_task_set_task_data (task, oh_snom_register_target (number), g_free);
  oh_snom_http_get_async (self->http, OH_SNOM_SETTLE, OH_SNOM_INFO_PAGE, cancellable, on_settled,
                          task);
}

void
oh_snom_admin_install (OhPhoneAdminInterface *iface)
{
  iface->look_async = snom_look_async;
  iface->look_finish = snom_look_finish;
  iface->write_login_async = snom_write_login_async;
  iface->write_login_finish = outcome_finish;
  iface->keep_async = snom_keep_async;
  iface->keep_finish = snom_keep_finish;
  iface->write_account_async = snom_write_account_async;
  iface->write_account_finish = outcome_finish;
  iface->register_async = snom_register_async;
  iface->register_finish = outcome_finish;
}
