/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "login-change.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "secret-text.h"

#define BIT(state) (1u << (state))

/* clang-format off */
static const guint16 may_follow[OH_N_LOGIN_STATES] = {
  [OH_LOGIN_SETTLED] = BIT (OH_LOGIN_LOOKING) | BIT (OH_LOGIN_STORING),
  [OH_LOGIN_LOOKING] = BIT (OH_LOGIN_SETTLED) | BIT (OH_LOGIN_TRYING_NEW),
  [OH_LOGIN_STORING] = BIT (OH_LOGIN_WRITING) | BIT (OH_LOGIN_FORGETTING),
  [OH_LOGIN_WRITING] = BIT (OH_LOGIN_TRYING_NEW) | BIT (OH_LOGIN_FORGETTING),
  [OH_LOGIN_TRYING_NEW] = BIT (OH_LOGIN_TRYING_OLD) | BIT (OH_LOGIN_KEEPING) | BIT (OH_LOGIN_FORGETTING),
  [OH_LOGIN_TRYING_OLD] = BIT (OH_LOGIN_FORGETTING),
  [OH_LOGIN_KEEPING] = BIT (OH_LOGIN_SETTLED) | BIT (OH_LOGIN_FORGETTING),
  [OH_LOGIN_FORGETTING] = BIT (OH_LOGIN_SETTLED),
};
/* clang-format on */

struct _OhLoginChange
{
  GObject parent_instance;

  OhPhone *phone;     /* (owned) */
  OhPhone *web;       /* (owned): the same, or its body for the web page */
  OhSecrets *secrets; /* (owned) */
  const OhLoginHost *host;
  gpointer host_data;
  OhLoginState state;
  gboolean stopped;
  gboolean looked;    /* whether one is pending: only this process has any */
  guint asking;       /* probes of ours under way: they tell, not the states on the way */
  char *old_user;     /* (owned) (nullable): what is stored */
  char *old_password; /* (owned) (nullable) */
  char *new_user;     /* (owned) (nullable): what is pending */
  char *new_password; /* (owned) (nullable) */
  gboolean unasked;   /* another login was stored while a change was under way */
  gboolean kept;      /* the phone was told to keep the new one */
  GTask *asked;       /* (owned) (nullable): who waits for the change */
};

G_DEFINE_FINAL_TYPE (OhLoginChange, oh_login_change, G_TYPE_OBJECT)

static void judge (OhLoginChange *self);

/* --- pairs ---------------------------------------------------------------------------------- */

char *
oh_login_pair (const char *user, const char *password)
{
  gsize size = strlen (user) + strlen (password) + 2; /* line end and terminator */
  char *pair = oh_secret_alloc (size);

  g_snprintf (pair, size, "%s\n%s", user, password);
  return pair;
}

const char *
oh_login_pair_split (const char *pair, char **user)
{
  const char *end = strchr (pair, '\n');

  if (end == NULL)
    return NULL;
  *user = g_strndup (pair, (gsize) (end - pair));
  return end + 1;
}

/* --- the machine ---------------------------------------------------------------------------- */

static const char *
id_of (OhLoginChange *self)
{
  return oh_phone_get_id (self->phone);
}

static const char *
host_of (OhLoginChange *self)
{
  return oh_phone_get_host (self->phone);
}

static void
move (OhLoginChange *self, OhLoginState to)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  g_debug ("[%s] login: %u -> %u", id_of (self), self->state, to);
  self->state = to;
  if (!self->stopped && self->host->moved != NULL)
    self->host->moved (self->host_data, to);
}

static void
set_pair (char **user, char **password, const char *new_user, const char *new_password)
{
  g_free (*user);
  oh_secret_free (*password);
  *user = g_strdup (new_user);
  *password = oh_secret_dup (new_password);
}

/* Takes @error; NULL when the new one counts. */
static void
answer (OhLoginChange *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->asked);

  if (task == NULL && error != NULL)
    g_message ("[%s] %s", id_of (self), error->message);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhLoginChange) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!oh_phone_probe_finish (OH_PHONE (source), result, &error))
    g_debug ("[%s] %s", id_of (self), error->message);
  self->asking--;
  judge (self);
}

/* A name without its password would only count towards a lock-out. */
static void
ask_with (OhLoginChange *self, const char *user, const char *password)
{
  self->asking++;
  oh_phone_set_login (self->phone, password != NULL ? user : NULL, password);
  oh_phone_probe_async (self->phone, NULL, on_probed, g_object_ref (self));
}

static void
settle (OhLoginChange *self)
{
  gboolean unasked = self->unasked;

  self->unasked = FALSE;
  set_pair (&self->new_user, &self->new_password, NULL, NULL);
  move (self, OH_LOGIN_SETTLED);
  if (unasked && !self->stopped)
    ask_with (self, self->old_user, self->old_password);
}

/* --- the end of a change -------------------------------------------------------------------- */

/* What the pending one is forgotten with. */
typedef struct
{
  OhLoginChange *self; /* (owned) */
  GError *error;       /* (owned) (nullable): what is answered then */
} Ending;

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Ending *ending = user_data;
  g_autoptr (OhLoginChange) self = ending->self;
  g_autoptr (GError) error = NULL;

  /* It will be tried once more at the next start: no harm. */
  if (!oh_secrets_store_finish (OH_SECRETS (source), result, &error))
    g_message ("[%s] %s", id_of (self), error->message);
  settle (self);
  answer (self, ending->error);
}

/* Takes @error. */
static void
forget (OhLoginChange *self, GError *error)
{
  Ending *ending = g_new0 (Ending, 1);

  move (self, OH_LOGIN_FORGETTING);
  ending->self = g_object_ref (self);
  ending->error = error;
  oh_secrets_store_async (self->secrets, OH_SECRET_PHONE_PENDING, id_of (self), "", NULL,
                          on_forgotten, ending);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhLoginChange) self = user_data;
  g_autoptr (GError) error = NULL;

  self->kept = oh_phone_admin_keep_finish (OH_PHONE_ADMIN (source), result, &error);
  if (!self->kept)
    g_message ("[%s] %s", id_of (self), error->message);
  forget (self, NULL);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhLoginChange) self = user_data;
  GError *error = NULL;

  if (!oh_secrets_store_finish (OH_SECRETS (source), result, &error) ||
      (!self->stopped && g_strcmp0 (self->old_user, self->new_user) != 0 &&
       !self->host->store_user (self->host_data, self->new_user, &error)))
    {
      /* What is pending stays: it is the phone's login, and the only place where it is written. */
      self->looked = FALSE;
      settle (self);
      answer (self, error);
      return;
    }
  set_pair (&self->old_user, &self->old_password, self->new_user, self->new_password);
  self->unasked = FALSE; /* what the settings said meanwhile is this */
  oh_phone_admin_keep_async (OH_PHONE_ADMIN (self->web), NULL, on_kept, g_object_ref (self));
}

static void
keep (OhLoginChange *self)
{
  move (self, OH_LOGIN_KEEPING);
  oh_secrets_store_async (self->secrets, OH_SECRET_PHONE, id_of (self), self->new_password, NULL,
                          on_stored, g_object_ref (self));
}

/* --- trying --------------------------------------------------------------------------------- */

static void
fall_back (OhLoginChange *self)
{
  if (self->old_password == NULL)
    {
      forget (self, g_error_new (OH_ERROR, OH_ERROR_PHONE_LOGIN,
                                 _ ("The phone at %s refuses the new password, and had none "
                                    "before."),
                                 host_of (self)));
      return;
    }
  move (self, OH_LOGIN_TRYING_OLD);
  ask_with (self, self->old_user, self->old_password);
}

static void
on_let_in (OhLoginChange *self)
{
  gboolean open = (oh_phone_get_capabilities (self->web) & OH_PHONE_IS_UNPROTECTED) != 0;

  if (self->state == OH_LOGIN_TRYING_NEW && !open)
    keep (self);
  else
    forget (self, g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                               open ? _ ("The phone at %s lets everybody in as before; it has not "
                                         "taken the new password. Allow “admin_mode”, and have "
                                         "“http_pass” made writable where it is provisioned.")
                                    : _ ("The phone at %s has not taken the new password; the old "
                                         "one still counts. Allow “admin_mode”, and have "
                                         "“http_pass” made writable where it is provisioned."),
                               host_of (self)));
}

static void
on_refused (OhLoginChange *self)
{
  if (self->state == OH_LOGIN_TRYING_NEW)
    fall_back (self);
  else
    forget (self, g_error_new (OH_ERROR, OH_ERROR_PHONE_LOGIN,
                               _ ("The phone at %s refuses the new password and the old one. "
                                  "Somebody else may have changed it; store the present one."),
                               host_of (self)));
}

static void
on_lost (OhLoginChange *self)
{
  if (self->asked != NULL)
    answer (self, g_error_new (OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN,
                               _ ("The phone at %s was lost before it told which password counts. "
                                  "Both are in the keyring: when it answers again, the new one is "
                                  "tried, then the old one."),
                               host_of (self)));
}

/* A phone whose settings forbid commands has let us in to read them. */
static gboolean
is_closed (OhLoginChange *self)
{
  OhPhoneFacts facts;

  oh_phone_get_facts (self->web, &facts);
  return facts.blocking != NULL;
}

static void
judge (OhLoginChange *self)
{
  OhPhoneState state = oh_phone_get_state (self->web);

  if (self->stopped || self->asking > 0 ||
      (self->state != OH_LOGIN_TRYING_NEW && self->state != OH_LOGIN_TRYING_OLD))
    return;
  if (state == OH_PHONE_STATE_READY || (state == OH_PHONE_STATE_UNSUPPORTED && is_closed (self)))
    on_let_in (self);
  else if (state == OH_PHONE_STATE_UNAUTHORIZED)
    on_refused (self);
  else if (state != OH_PHONE_STATE_UNKNOWN)
    on_lost (self);
}

/* --- what is stored ------------------------------------------------------------------------- */

static void
on_pending (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhLoginChange) self = user_data;
  g_autoptr (GError) error = NULL;
  char *pair = oh_secrets_lookup_finish (OH_SECRETS (source), result, &error);
  g_autofree char *user = NULL;
  const char *password = pair != NULL ? oh_login_pair_split (pair, &user) : NULL;

  self->looked = error == NULL;
  if (error != NULL)
    g_message ("[%s] %s", id_of (self), error->message);
  if (password != NULL)
    set_pair (&self->new_user, &self->new_password, user, password);
  oh_secret_free (pair);
  if (self->stopped)
    return;
  if (self->new_password == NULL)
    {
      self->unasked = TRUE;
      settle (self);
      return;
    }
  g_message ("[%s] a new password was on its way to the phone; it is tried first", id_of (self));
  move (self, OH_LOGIN_TRYING_NEW);
  ask_with (self, self->new_user, self->new_password);
}

void
oh_login_change_use (OhLoginChange *self, const char *user, const char *password)
{
  set_pair (&self->old_user, &self->old_password, password != NULL ? user : NULL, password);
  if (self->state != OH_LOGIN_SETTLED)
    {
      self->unasked = TRUE;
      return;
    }
  if (self->looked)
    {
      ask_with (self, self->old_user, self->old_password);
      return;
    }
  move (self, OH_LOGIN_LOOKING);
  oh_secrets_lookup_async (self->secrets, OH_SECRET_PHONE_PENDING, id_of (self), NULL, on_pending,
                           g_object_ref (self));
}

OhLoginState
oh_login_change_get_state (OhLoginChange *self)
{
  return self->state;
}

/* --- writing -------------------------------------------------------------------------------- */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhLoginChange) self = user_data;
  GError *error = NULL;
  OhPhoneOutcome outcome =
    oh_phone_admin_write_login_finish (OH_PHONE_ADMIN (source), result, &error);

  if (outcome == OH_PHONE_OUTCOME_FAILED)
    {
      forget (self, error); /* nothing was written */
      return;
    }
  move (self, OH_LOGIN_TRYING_NEW);
  ask_with (self, self->new_user, self->new_password);
}

static void
on_pending_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhLoginChange) self = user_data;
  GError *error = NULL;

  if (!oh_secrets_store_finish (OH_SECRETS (source), result, &error))
    {
      g_prefix_error (&error, "%s ",
                      _ ("The phone's password was not changed, because the new one "
                         "could not be stored first."));
      forget (self, error);
      return;
    }
  move (self, OH_LOGIN_WRITING);
  oh_phone_admin_write_login_async (OH_PHONE_ADMIN (self->web), OH_PHONE_LOGIN_USER, self->new_user,
                                    self->new_password, NULL, on_written, g_object_ref (self));
}

/* Sets *error when it cannot begin. */
static void
check (OhLoginChange *self, const char *user, const char *password, GError **error)
{
  const char *flaw = oh_phone_password_flaw (user, password);

  if (!OH_IS_PHONE_ADMIN (self->web))
    g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
                 _ ("Passwords of the phone at %s cannot be set from here."), host_of (self));
  else if (flaw != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                 g_str_equal (flaw, "user")
                   ? _ ("A user name of a phone has 1 to %d characters, no colon among them.")
                   : _ ("A password of a phone has 1 to %d characters."),
                 g_str_equal (flaw, "user") ? OH_PHONE_FIELD_MAX : OH_PHONE_PASSWORD_MAX);
  else if (self->state != OH_LOGIN_SETTLED)
    g_set_error (
      error, OH_ERROR, OH_ERROR_BUSY,
      _ ("An earlier change of the password of the phone at %s is not over; it ends when "
         "the phone answers."),
      host_of (self));
}

void
oh_login_change_write_async (OhLoginChange *self, const char *user, const char *password,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  char *pair;

  g_task_set_source_tag (task, oh_login_change_write_async);
  check (self, user, password, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->asked = g_steal_pointer (&task);
  self->kept = FALSE;
  set_pair (&self->new_user, &self->new_password, user, password);
  move (self, OH_LOGIN_STORING);
  pair = oh_login_pair (user, password);
  oh_secrets_store_async (self->secrets, OH_SECRET_PHONE_PENDING, id_of (self), pair, NULL,
                          on_pending_stored, g_object_ref (self));
  oh_secret_free (pair);
}

gboolean
oh_login_change_write_finish (OhLoginChange *self, GAsyncResult *result, gboolean *out_kept,
                              GError **error)
{
  gboolean changed = g_task_propagate_boolean (G_TASK (result), error);

  if (out_kept != NULL)
    *out_kept = changed && self->kept;
  return changed;
}

/* --- object --------------------------------------------------------------------------------- */

static void
oh_login_change_finalize (GObject *object)
{
  OhLoginChange *self = OH_LOGIN_CHANGE (object);

  set_pair (&self->old_user, &self->old_password, NULL, NULL);
  set_pair (&self->new_user, &self->new_password, NULL, NULL);
  g_clear_object (&self->secrets);
  g_clear_object (&self->web);
  g_clear_object (&self->phone);
  G_OBJECT_CLASS (oh_login_change_parent_class)->finalize (object);
}

static void
oh_login_change_class_init (OhLoginChangeClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_login_change_finalize;
}

static void
oh_login_change_init (OhLoginChange *self)
{
}

OhLoginChange *
oh_login_change_new (OhPhone *phone, OhPhone *web, OhSecrets *secrets, const OhLoginHost *host,
                     gpointer user_data)
{
  OhLoginChange *self = g_object_new (OH_TYPE_LOGIN_CHANGE, NULL);

  self->phone = g_object_ref (phone);
  self->web = g_object_ref (web);
  self->secrets = g_object_ref (secrets);
  self->host = host;
  self->host_data = user_data;
  g_signal_connect_object (web, "notify::state", G_CALLBACK (judge), self, G_CONNECT_SWAPPED);
  return self;
}

void
oh_login_change_stop (OhLoginChange *self)
{
  self->stopped = TRUE;
  if (self->asked != NULL)
    answer (self, g_error_new (OH_ERROR, OH_ERROR_CANCELLED,
                               _ ("The phone at %s was removed or set up anew meanwhile. Should "
                                  "its password be changed already, it is in the keyring."),
                               host_of (self)));
}
