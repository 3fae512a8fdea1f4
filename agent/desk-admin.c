/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "desk-admin.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus-phone-admin.h"
#include "config-login.h"
#include "desk-admin-report.h"
#include "new-password.h"
#include "phone-ways.h"
#include "secret-text.h"

/* Where a phone has no user name and nobody names one. */
#define DEFAULT_USER "admin"
#define DEFAULT_SERVICE_USER "offhook"

typedef enum
{
  STEP_LOOK,        /* what the phone shows */
  STEP_WEB_LOGIN,   /* a login of its own, before an account's becomes that */
  STEP_SECRET,      /* the password of the sign-in, from the keyring */
  STEP_LOGIN,       /* the web login */
  STEP_OTHER,       /* administrator's or service login: into the keyring, ... */
  STEP_OTHER_WRITE, /* ... to the phone, ... */
  STEP_OTHER_KEEP,  /* ... and into its place in the keyring */
  STEP_ACCOUNT,
} Step;

/* One thing under way: the task's data. */
typedef struct
{
  OhDeskAdmin *admin; /* (owned) */
  Step step;
  OhPhoneAccount *account; /* (nullable) */
  gboolean own_password;
  OhPhoneLoginKind kind; /* without an account */
  char *user;            /* (nullable) */
  char *password;        /* (nullable): of secret-text.h */
  gboolean sets;         /* something is to be set: else it only looks */
  OhPhoneAdminView *view;
  GPtrArray *report;
} Errand;

struct _OhDeskAdmin
{
  GObject parent_instance;

  OhPhone *phone;        /* (owned): its web page, where it is driven in several ways */
  OhConfig *config;      /* (owned) */
  OhSecrets *secrets;    /* (owned) */
  OhLoginChange *login;  /* (owned) */
  OhBusPhoneAdmin *skin; /* (owned) (nullable) */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (OhDeskAdmin, oh_desk_admin, G_TYPE_OBJECT)

static void next_step (GTask *owned);

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->admin);
  oh_phone_account_free (errand->account);
  g_free (errand->user);
  oh_secret_free (errand->password);
  oh_phone_admin_view_free (errand->view);
  g_ptr_array_unref (errand->report);
  g_free (errand);
}

/* Takes @owned and @error. */
static void
fail (GTask *owned, GError *error)
{
  g_autoptr (GTask) task = owned;
  Errand *errand = g_task_get_task_data (task);

  if (errand->sets)
    errand->admin->busy = FALSE;
  g_task_return_error (task, error);
}

/* Takes @owned. */
static void
finish (GTask *owned, const char *registration)
{
  g_autoptr (GTask) task = owned;
  Errand *errand = g_task_get_task_data (task);
  OhBusAdminSet *set = g_new0 (OhBusAdminSet, 1);

  errand->admin->busy = FALSE;
  set->registration = registration;
  set->report = g_ptr_array_ref (errand->report);
  g_task_return_pointer (task, set, (GDestroyNotify) oh_bus_admin_set_free);
}

static void
tell (OhDeskAdmin *self, const char *step, const char *text)
{
  if (self->skin != NULL)
    oh_bus_phone_admin_progress (self->skin, step, text);
}

/* --- looking -------------------------------------------------------------------------------- */

/* The account that this desk signs in with, as a phone would have it. */
static OhPhoneAccount *
own_account (OhDeskAdmin *self)
{
  g_autoptr (OhConfigAccount) config = oh_config_dup_account (self->config);
  const char *address = config->uri + (g_str_has_prefix (config->uri, "sip:") ? 4 : 0);
  const char *at = strchr (address, '@');
  OhPhoneAccount *own;

  if (at == NULL)
    return NULL;
  own = g_new0 (OhPhoneAccount, 1);
  own->name = g_strndup (address, (gsize) (at - address));
  own->host = g_strdup (at + 1);
  own->login = g_strdup (config->login);
  if (config->server_host[0] != '\0')
    own->outbound =
      g_strdup_printf ("%s:%u;transport=tls", config->server_host,
                       config->server_port != 0 ? config->server_port : OH_CONFIG_SIP_PORT);
  return own;
}

/* Takes @owned. */
static void
finish_look (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Errand *errand = g_task_get_task_data (task);
  OhBusAdminLook *look = g_new0 (OhBusAdminLook, 1);

  look->view = g_steal_pointer (&errand->view);
  look->own = own_account (errand->admin);
  look->report = g_ptr_array_ref (errand->report);
  g_task_return_pointer (task, look, (GDestroyNotify) oh_bus_admin_look_free);
}

static Step
step_after_look (const Errand *errand)
{
  if (errand->account == NULL)
    return errand->kind == OH_PHONE_LOGIN_USER ? STEP_LOGIN : STEP_OTHER;
  if ((errand->view->cautions & OH_PHONE_CAUTION_ACCOUNT_IS_LOGIN) != 0)
    return STEP_WEB_LOGIN;
  return STEP_SECRET;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = g_task_get_task_data (user_data);
  GError *error = NULL;

  errand->view = oh_phone_admin_look_finish (OH_PHONE_ADMIN (source), result, &error);
  if (errand->view == NULL)
    {
      fail (user_data, error);
      return;
    }
  oh_desk_report_cautions (errand->report, errand->view);
  if (!errand->sets)
    {
      finish_look (user_data);
      return;
    }
  errand->step = step_after_look (errand);
  next_step (user_data);
}

/* --- the web login -------------------------------------------------------------------------- */

static void
on_login_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = g_task_get_task_data (user_data);
  GError *error = NULL;
  gboolean kept;

  if (!oh_login_change_write_finish (OH_LOGIN_CHANGE (source), result, &kept, &error))
    {
      fail (user_data, error);
      return;
    }
  oh_desk_report_login (errand->report, OH_PHONE_LOGIN_USER, kept);
  if (errand->step == STEP_LOGIN)
    {
      finish (user_data, NULL);
      return;
    }
  errand->step = STEP_SECRET;
  next_step (user_data);
}

/* As it is at the phone, or as it is stored here, or the usual one. */
static char *
dup_user (OhDeskAdmin *self, const Errand *errand)
{
  if (errand->user != NULL)
    return g_strdup (errand->user);
  return g_strdup (errand->view->user[0] != '\0' ? errand->view->user : DEFAULT_USER);
}

static void
change_login (OhDeskAdmin *self, GTask *owned)
{
  Errand *errand = g_task_get_task_data (owned);
  g_autofree char *user = dup_user (self, errand);

  oh_login_change_write_async (self->login, user, errand->password, on_login_changed, owned);
}

/* The account's password is not to become that of the web page. */
static void
make_web_login (OhDeskAdmin *self, GTask *owned)
{
  Errand *errand = g_task_get_task_data (owned);
  g_autofree char *user = dup_user (self, errand);
  char *password = oh_password_new (OH_PASSWORD_TEXT);

  tell (self, "web-login", _ ("Giving the phone's web page a password of its own first…"));
  oh_desk_report_web_login (errand->report, user);
  oh_login_change_write_async (self->login, user, password, on_login_changed, owned);
  oh_secret_free (password);
}

/* --- the other logins ----------------------------------------------------------------------- */

static OhSecretKind
kind_in_keyring (OhPhoneLoginKind kind)
{
  return kind == OH_PHONE_LOGIN_ADMIN ? OH_SECRET_PHONE_ADMIN : OH_SECRET_PHONE_SERVICE;
}

/* What is not yet known to count has a place of its own: the one that counts stays. */
static char *
pending_id (OhDeskAdmin *self, OhPhoneLoginKind kind)
{
  return g_strconcat (oh_phone_get_id (self->phone), "/", oh_phone_login_word (kind), NULL);
}

static void
store_pair (OhDeskAdmin *self, const Errand *errand, OhSecretKind kind, const char *id,
            GAsyncReadyCallback callback, gpointer user_data)
{
  char *pair = oh_login_pair (errand->user != NULL ? errand->user : "", errand->password);

  oh_secrets_store_async (self->secrets, kind, id, pair, NULL, callback, user_data);
  oh_secret_free (pair);
}

static void
on_other_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = g_task_get_task_data (user_data);
  g_autofree char *id = NULL;
  GError *error = NULL;

  if (!oh_secrets_store_finish (OH_SECRETS (source), result, &error))
    {
      fail (user_data, error);
      return;
    }
  if (errand->step == STEP_OTHER)
    {
      errand->step = STEP_OTHER_WRITE;
      next_step (user_data);
      return;
    }
  id = pending_id (errand->admin, errand->kind);
  oh_secrets_store_async (errand->admin->secrets, OH_SECRET_PHONE_PENDING, id, "", NULL, NULL,
                          NULL);
  finish (user_data, NULL);
}

static void
on_other_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = g_task_get_task_data (user_data);
  OhDeskAdmin *self = errand->admin;
  g_autoptr (GError) error = NULL;
  gboolean kept = oh_phone_admin_keep_finish (OH_PHONE_ADMIN (source), result, &error);

  oh_desk_report_login (errand->report, errand->kind, kept);
  store_pair (self, errand, kind_in_keyring (errand->kind), oh_phone_get_id (self->phone),
              on_other_stored, user_data);
}

static void
on_other_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = g_task_get_task_data (user_data);
  OhPhoneAdmin *admin = OH_PHONE_ADMIN (source);
  GError *error = NULL;
  OhPhoneOutcome outcome = oh_phone_admin_write_login_finish (admin, result, &error);

  if (outcome == OH_PHONE_OUTCOME_UNKNOWN)
    error = g_error_new (OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN,
                         _ ("The phone at %s did not answer. The new password and the old one are "
                            "both in the keyring; try them at the phone."),
                         oh_phone_get_host (OH_PHONE (source)));
  if (error != NULL)
    {
      fail (user_data, error);
      return;
    }
  errand->step = STEP_OTHER_KEEP;
  next_step (user_data);
}

/* --- the account ---------------------------------------------------------------------------- */

static void
on_account_moved (OhAccountStep step, gpointer user_data)
{
  const char *text;
  const char *word = oh_desk_account_step (step, &text);

  tell (user_data, word, text);
}

static void
on_account_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = g_task_get_task_data (user_data);
  GError *error = NULL;
  OhAccountVerdict verdict = oh_account_change_finish (OH_PHONE (source), result, &error);

  if (verdict == OH_ACCOUNT_CHANGE_FAILED)
    fail (user_data, error);
  else
    finish (user_data, oh_desk_report_account (errand->report, errand->account, verdict));
}

/* What is to stay has to be known all the same: events name the account by it. */
static gboolean
complete_account (Errand *errand)
{
  OhPhoneAccount *account = errand->account;
  const OhPhoneAccount *present = oh_phone_admin_view_find (errand->view, account->number);

  if (account->name == NULL && present != NULL)
    account->name = g_strdup (present->name);
  if (account->host == NULL && present != NULL)
    account->host = g_strdup (present->host);
  return account->name != NULL && account->name[0] != '\0' && account->host != NULL &&
         account->host[0] != '\0';
}

static void
change_account (OhDeskAdmin *self, GTask *owned)
{
  Errand *errand = g_task_get_task_data (owned);
  gboolean commands = (errand->view->cautions & OH_PHONE_CAUTION_NO_COMMANDS) == 0;

  if (complete_account (errand))
    oh_account_change_async (self->phone, errand->account, commands, on_account_moved, self,
                             on_account_changed, owned);
  else
    fail (owned, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                              _ ("Account %u of the phone at %s is empty; it needs a name and a "
                                 "domain."),
                              errand->account->number, oh_phone_get_host (self->phone)));
}

static void
on_own_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = g_task_get_task_data (user_data);
  GError *error = NULL;
  char *password = oh_secrets_lookup_finish (OH_SECRETS (source), result, &error);

  if (password == NULL && error == NULL)
    error = g_error_new (OH_ERROR, OH_ERROR_SIGN_IN,
                         _ ("No password of the sign-in is stored; type the one of the account."));
  if (error != NULL)
    {
      fail (user_data, error);
      return;
    }
  oh_secret_free (errand->account->password);
  errand->account->password = password;
  errand->step = STEP_ACCOUNT;
  next_step (user_data);
}

/* --- one after the other -------------------------------------------------------------------- */

static void
ask_own_password (OhDeskAdmin *self, GTask *owned)
{
  Errand *errand = g_task_get_task_data (owned);

  if (errand->own_password)
    {
      oh_secrets_lookup_async (self->secrets, OH_SECRET_SIGN_IN, "", NULL, on_own_password, owned);
      return;
    }
  errand->step = STEP_ACCOUNT;
  next_step (owned);
}

static void
next_step (GTask *owned)
{
  Errand *errand = g_task_get_task_data (owned);
  OhDeskAdmin *self = errand->admin;
  g_autofree char *id = NULL;

  switch (errand->step)
    {
    case STEP_LOOK:
      tell (self, "look", _ ("Reading the phone's settings…"));
      oh_phone_admin_look_async (OH_PHONE_ADMIN (self->phone), NULL, on_looked, owned);
      break;
    case STEP_WEB_LOGIN: make_web_login (self, owned); break;
    case STEP_SECRET: ask_own_password (self, owned); break;
    case STEP_LOGIN: change_login (self, owned); break;
    case STEP_OTHER:
      id = pending_id (self, errand->kind);
      store_pair (self, errand, OH_SECRET_PHONE_PENDING, id, on_other_stored, owned);
      break;
    case STEP_OTHER_WRITE:
      oh_phone_admin_write_login_async (OH_PHONE_ADMIN (self->phone), errand->kind, errand->user,
                                        errand->password, NULL, on_other_written, owned);
      break;
    case STEP_OTHER_KEEP:
      oh_phone_admin_keep_async (OH_PHONE_ADMIN (self->phone), NULL, on_other_kept, owned);
      break;
    case STEP_ACCOUNT: change_account (self, owned); break;
    default: g_return_if_reached ();
    }
}

static Errand *
new_errand (OhDeskAdmin *self, GTask *task, gboolean sets)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->admin = g_object_ref (self);
  errand->report = oh_desk_report_new ();
  errand->sets = sets;
  g_task_set_task_data (task, errand, errand_free);
  return errand;
}

/* Takes @task. */
static void
begin (OhDeskAdmin *self, GTask *task)
{
  if (self->busy)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_BUSY,
                               _ ("The phone at %s is being set already; wait until that is over."),
                               oh_phone_get_host (self->phone));
      g_object_unref (task);
      return;
    }
  self->busy = TRUE;
  next_step (task);
}

static void
host_look (gpointer host, GTask *task)
{
  new_errand (host, task, FALSE);
  next_step (task);
}

static void
host_set_login (gpointer host, OhPhoneLoginKind kind, const char *user, const char *password,
                GTask *task)
{
  const char *flaw = oh_phone_password_flaw (user, password);
  Errand *errand;

  if (flaw != NULL)
    {
      g_task_return_new_error (
        task, OH_ERROR, OH_ERROR_USAGE,
        _ ("No phone can have what was given as “%s”; a password has 1 to %d "
           "characters, a user name no colon."),
        flaw, OH_PHONE_PASSWORD_MAX);
      g_object_unref (task);
      return;
    }
  errand = new_errand (host, task, TRUE);
  errand->kind = kind;
  errand->user =
    g_strdup (user == NULL && kind == OH_PHONE_LOGIN_SERVICE ? DEFAULT_SERVICE_USER : user);
  errand->password = oh_secret_dup (password);
  begin (host, task);
}

static void
host_set_account (gpointer host, const OhPhoneAccount *account, gboolean own_password, GTask *task)
{
  Errand *errand = new_errand (host, task, TRUE);

  errand->account = oh_phone_account_copy (account);
  errand->own_password = own_password;
  begin (host, task);
}

static const OhBusAdminHost bus_host = {
  .look = host_look,
  .set_login = host_set_login,
  .set_account = host_set_account,
};

/* --- what the change of the login asks ------------------------------------------------------ */

static gboolean
login_store_user (gpointer host, const char *user, GError **error)
{
  OhDeskAdmin *self = host;

  return oh_config_store_user (self->config, oh_phone_get_id (self->phone), user, error);
}

static void
login_moved (gpointer host, OhLoginState state)
{
  OhDeskAdmin *self = host;
  const char *text;
  const char *word = oh_desk_login_step (state, &text);

  if (self->skin == NULL)
    return;
  oh_bus_phone_admin_set_pending (self->skin,
                                  state != OH_LOGIN_SETTLED && state != OH_LOGIN_LOOKING);
  if (word != NULL)
    tell (self, word, text);
}

static const OhLoginHost login_host = {
  .store_user = login_store_user,
  .moved = login_moved,
};

void
oh_desk_admin_log_in (OhDeskAdmin *self, const char *user, const char *password)
{
  oh_login_change_use (self->login, user, password);
}

/* --- object --------------------------------------------------------------------------------- */

void
oh_desk_admin_stop (OhDeskAdmin *self)
{
  oh_login_change_stop (self->login);
  g_clear_pointer (&self->skin, oh_bus_phone_admin_free);
}

void
oh_desk_admin_forget (OhSecrets *secrets, const char *id)
{
  g_autofree char *admin = g_strconcat (id, "/admin", NULL);
  g_autofree char *service = g_strconcat (id, "/service", NULL);
  const struct
  {
    OhSecretKind kind;
    const char *id;
  } all[] = {
    { OH_SECRET_PHONE_PENDING, id },      { OH_SECRET_PHONE_PENDING, admin },
    { OH_SECRET_PHONE_PENDING, service }, { OH_SECRET_PHONE_ADMIN, id },
    { OH_SECRET_PHONE_SERVICE, id },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    oh_secrets_store_async (secrets, all[i].kind, all[i].id, "", NULL, NULL, NULL);
}

static void
oh_desk_admin_finalize (GObject *object)
{
  OhDeskAdmin *self = OH_DESK_ADMIN (object);

  oh_bus_phone_admin_free (self->skin);
  g_clear_object (&self->login);
  g_clear_object (&self->secrets);
  g_clear_object (&self->config);
  g_clear_object (&self->phone);
  G_OBJECT_CLASS (oh_desk_admin_parent_class)->finalize (object);
}

static void
oh_desk_admin_class_init (OhDeskAdminClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_desk_admin_finalize;
}

static void
oh_desk_admin_init (OhDeskAdmin *self)
{
}

OhDeskAdmin *
oh_desk_admin_new (OhPhone *phone, GDBusObjectSkeleton *object, OhConfig *config,
                   OhSecrets *secrets)
{
  OhDeskAdmin *self = g_object_new (OH_TYPE_DESK_ADMIN, NULL);
  OhPhone *body = oh_phone_ways_web (phone);
  OhPhone *web = body != NULL ? body : phone;

  self->phone = g_object_ref (web);
  self->config = g_object_ref (config);
  self->secrets = g_object_ref (secrets);
  self->login = oh_login_change_new (phone, web, secrets, &login_host, self);
  if (OH_IS_PHONE_ADMIN (web))
    self->skin = oh_bus_phone_admin_new (object, &bus_host, self);
  return self;
}
