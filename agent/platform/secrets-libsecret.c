/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "secrets.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "error.h"
#include "secret-text.h"

static const SecretSchema schema = {
  "org.offhook.Secret",
  SECRET_SCHEMA_NONE,
  {
    { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "id", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

struct _OhSecrets
{
  GObject parent_instance;

  OhClock *clock;
  GHashTable *session; /* (element-type utf8 SecretValue): what the keyring would not take */
  GQueue waiting; /* (element-type GTask): one after the other, because libsecret makes two file
                   * backends of two first calls, and one forgets what the other stores; and
                   * nobody wants two dialogs that ask to unlock */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (OhSecrets, oh_secrets, G_TYPE_OBJECT)

typedef struct
{
  OhClock *clock; /* (owned) */
  OhSecretKind kind;
  char *id;  /* (owned) */
  char *key; /* (owned): in "session" */
  void (*start) (GTask *task);
  SecretValue *password; /* (owned) (nullable): to store */
  GCancellable *wait;    /* (owned): only the time limit ends the wait. A caller's cancel does not
                          * reach libsecret, whose lookup in a file then returns its result twice and
                          * leaves the caller waiting; its own task says that it was cancelled */
  guint limit;           /* alarm */
} Request;

static const char *
kind_word (OhSecretKind kind)
{
  static const char *const words[] = {
    [OH_SECRET_SIGN_IN] = "sign-in",
    [OH_SECRET_PHONE] = "phone",
    [OH_SECRET_PHONE_PENDING] = "phone-pending",
    [OH_SECRET_PHONE_ADMIN] = "phone-admin",
    [OH_SECRET_PHONE_SERVICE] = "phone-service",
  };

  return words[kind];
}

static void
request_free (Request *request)
{
  oh_clock_clear_alarm (request->clock, &request->limit);
  g_clear_pointer (&request->password, secret_value_unref);
  g_clear_object (&request->wait);
  g_clear_object (&request->clock);
  g_free (request->id);
  g_free (request->key);
  g_free (request);
}

static gboolean
on_limit (gpointer user_data)
{
  Request *request = user_data;

  request->limit = 0;
  g_cancellable_cancel (request->wait);
  return G_SOURCE_REMOVE;
}

static Request *
request_new (OhSecrets *self, OhSecretKind kind, const char *id)
{
  Request *request = g_new0 (Request, 1);

  request->clock = g_object_ref (self->clock);
  request->kind = kind;
  request->id = g_strdup (id);
  request->key = g_strconcat (kind_word (kind), "/", id, NULL);
  request->wait = g_cancellable_new ();
  request->limit = oh_clock_add_alarm_in (self->clock, OH_SECRETS_LIMIT_US, on_limit, request);
  return request;
}

static void
run_next (OhSecrets *self)
{
  GTask *task;
  Request *request;

  if (self->busy || g_queue_is_empty (&self->waiting))
    return;
  self->busy = TRUE;
  task = g_queue_pop_head (&self->waiting);
  request = g_task_get_task_data (task);
  request->start (task);
}

/* The task that was under way has been returned; it still holds @self. */
static void
run_after (OhSecrets *self)
{
  self->busy = FALSE;
  run_next (self);
}

/* Takes @why: what the keyring said, as our error; libsecret fails without a word where there is no
 * session bus at all. */
static GError *
keyring_error (GError *why, const char *consequence)
{
  g_autoptr (GError) owned = why;
  const char *detail = owned != NULL ? owned->message : _ ("there is none");

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    detail = _ ("it did not answer");
  return g_error_new (OH_ERROR, OH_ERROR_SECRETS, _ ("The keyring cannot be used (%s). %s"), detail,
                      consequence);
}

static void
oh_secrets_finalize (GObject *object)
{
  OhSecrets *self = OH_SECRETS (object);

  g_hash_table_unref (self->session); /* nobody waits: tasks hold us */
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_secrets_parent_class)->finalize (object);
}

static void
oh_secrets_class_init (OhSecretsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_secrets_finalize;
}

static void
oh_secrets_init (OhSecrets *self)
{
  self->session =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) secret_value_unref);
}

OhSecrets *
oh_secrets_new (OhClock *clock)
{
  OhSecrets *self = g_object_new (OH_TYPE_SECRETS, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

static char *
dup_secret (SecretValue *value)
{
  gsize len;
  const char *text = secret_value_get (value, &len);

  return oh_secret_ndup (text, len);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhSecrets *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  SecretValue *found = secret_password_lookup_binary_finish (result, &error);
  SecretValue *kept = g_hash_table_lookup (self->session, request->key);

  if (g_task_return_error_if_cancelled (task))
    g_clear_error (&error);
  else if (found != NULL || kept != NULL)
    {
      g_clear_error (&error);
      g_task_return_pointer (task, dup_secret (kept != NULL ? kept : found),
                             (GDestroyNotify) oh_secret_free);
    }
  else if (error != NULL)
    g_task_return_error (
      task, keyring_error (error, _ ("Unlock it, or install one (gnome-keyring for example).")));
  else
    g_task_return_pointer (task, NULL, NULL);
  g_clear_pointer (&found, secret_value_unref);
  run_after (self);
}

static void
start_lookup (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  secret_password_lookup (&schema, request->wait, on_looked_up, task, "kind",
                          kind_word (request->kind), "id", request->id, NULL);
}

void
oh_secrets_lookup_async (OhSecrets *self, OhSecretKind kind, const char *id,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = request_new (self, kind, id);

  g_task_set_source_tag (task, oh_secrets_lookup_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  request->start = start_lookup;
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  run_next (self);
}

char *
oh_secrets_lookup_finish (OhSecrets *self, GAsyncResult *result, GError **error)
{
  char *password = g_task_propagate_pointer (G_TASK (result), error);

  if (error != NULL && *error != NULL && (*error)->domain != OH_ERROR)
    oh_error_adopt (error, "%s", _ ("Reading the keyring"));
  return password;
}

static void
return_stored (GTask *task, gboolean stored, GError *error)
{
  OhSecrets *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);

  if (stored)
    g_hash_table_remove (self->session, request->key);
  else if (request->password != NULL)
    g_hash_table_insert (self->session, g_strdup (request->key),
                         secret_value_ref (request->password));
  if (stored)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (
      task, keyring_error (error, request->password != NULL
                                    ? _ ("The password is kept in memory until you log out; to "
                                         "keep it longer, unlock the keyring or install one.")
                                    : _ ("What is stored there was not removed.")));
  run_after (self);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  return_stored (task, secret_password_store_finish (result, &error), error);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  OhSecrets *self = g_task_get_source_object (task);
  GError *error = NULL;

  secret_password_clear_finish (result, &error); /* FALSE without error: there was none */
  g_hash_table_remove (self->session, request->key);
  return_stored (task, error == NULL, error);
}

static void
start_clear (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  secret_password_clear (&schema, request->wait, on_cleared, task, "kind",
                         kind_word (request->kind), "id", request->id, NULL);
}

/* For people who look into their keyring. */
static char *
new_label (const Request *request)
{
  switch (request->kind)
    {
    case OH_SECRET_SIGN_IN: return g_strdup (_ ("Offhook: sign-in"));
    case OH_SECRET_PHONE_PENDING:
      return g_strdup_printf (_ ("Offhook: phone %s, new login, not confirmed"), request->id);
    case OH_SECRET_PHONE_ADMIN:
      return g_strdup_printf (_ ("Offhook: phone %s, administrator"), request->id);
    case OH_SECRET_PHONE_SERVICE:
      return g_strdup_printf (_ ("Offhook: phone %s, service account"), request->id);
    case OH_SECRET_PHONE:
    default: return g_strdup_printf (_ ("Offhook: phone %s"), request->id);
    }
}

static void
start_store (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  g_autofree char *label = new_label (request);

  secret_password_store_binary (&schema, SECRET_COLLECTION_DEFAULT, label, request->password,
                                request->wait, on_stored, task, "kind", kind_word (request->kind),
                                "id", request->id, NULL);
}

void
oh_secrets_store_async (OhSecrets *self, OhSecretKind kind, const char *id, const char *password,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = request_new (self, kind, id);

  g_task_set_source_tag (task, oh_secrets_store_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  /* What is stored stays stored, whether or not somebody waits for the news. */
  g_task_set_check_cancellable (task, FALSE);
  if (password[0] != '\0')
    request->password = secret_value_new (password, -1, "text/plain");
  request->start = password[0] != '\0' ? start_store : start_clear;
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  run_next (self);
}

gboolean
oh_secrets_store_finish (OhSecrets *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
