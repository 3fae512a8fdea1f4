/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "account.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "account-wish.h"
#include "endpoint.h"
#include "ntlm-crypto.h"
#include "registration.h"
#include "secret-text.h"

struct _OhAccount
{
  GObject parent_instance;

  OhAccountParts parts;         /* owned */
  char *installation;           /* (owned) */
  OhConfigAccount *settings;    /* (owned): what was applied last */
  char *epid;                   /* (owned) (nullable): of the address in the settings */
  OhRegistration *registration; /* (owned) */
  GPtrArray *waiting;           /* (owned) (element-type GTask): who wants to know how it goes */
  GError *keyring;              /* (owned) (nullable): why the stored password could not be read */
  gboolean password_sent;       /* the latest attempt had one */
  char *server;                 /* (owned) (nullable): as described last */
  char *mechanism;              /* (owned) (nullable): as described last */
  char *trouble;                /* (owned): mechanisms that this computer does not have */
  gboolean wanted;              /* somebody wishes to be signed in */
  guint leaving;                /* signings-out under way */
  gboolean following;           /* the settings' changes */
};

G_DEFINE_FINAL_TYPE (OhAccount, oh_account, G_TYPE_OBJECT)

static guint changed_signal;
static guint signed_in_signal;
static guint left_signal;

/* --- credentials --------------------------------------------------------------------------- */

/* With a password somebody has to be named: without a login that is the address. */
static const char *
login_for (OhAccount *self, const char *password)
{
  if (self->settings->login[0] != '\0' || password == NULL)
    return self->settings->login;
  return self->settings->uri + strlen ("sip:");
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhAccount *self = g_task_get_task_data (task);
  GError *error = NULL;
  char *password = oh_secrets_lookup_finish (OH_SECRETS (source), result, &error);

  /* A keyring that does not answer is no reason not to try the ticket; should that fail too, the
   * keyring is what the user hears of. */
  g_clear_error (&self->keyring);
  self->keyring = error;
  self->password_sent = password != NULL;
  g_task_return_pointer (task, oh_credentials_new (login_for (self, password), password),
                         (GDestroyNotify) oh_credentials_free);
  oh_secret_free (password);
}

static void
fetch_credentials (GTask *task, gpointer user_data)
{
  OhAccount *self = user_data;

  g_task_set_task_data (task, g_object_ref (self), g_object_unref);
  oh_secrets_lookup_async (self->parts.secrets, OH_SECRET_SIGN_IN, "",
                           g_task_get_cancellable (task), on_password, task);
}

/* --- how it stands ------------------------------------------------------------------------- */

static gboolean
has_address (OhAccount *self)
{
  return self->settings->uri[0] != '\0';
}

/* Returns: (transfer none) (nullable): why it is not online */
static const GError *
reason_of (OhAccount *self)
{
  const GError *reason = oh_registration_reason (self->registration);

  if (reason == NULL)
    return oh_registration_state (self->registration) == OH_REGISTRATION_ONLINE
             ? NULL
             : self->settings->problem;
  if (self->keyring != NULL && (g_error_matches (reason, OH_ERROR, OH_ERROR_SIGN_IN) ||
                                g_error_matches (reason, OH_ERROR, OH_ERROR_TICKET)))
    return self->keyring;
  return reason;
}

static void
describe_nobody (OhAccount *self, OhBusEndpoint *out)
{
  const GError *problem = self->settings->problem;

  out->state = oh_registration_state_word (OH_REGISTRATION_OFFLINE);
  out->reason = problem != NULL ? problem->message : _ ("No address to sign in as is set.");
  out->code = problem != NULL ? oh_error_code_word (problem->code) : "no-account";
  out->advice =
    problem != NULL
      ? oh_error_advice (problem->code)
      : _ ("Set yours: gsettings set org.offhook.Agent uri sip:you@example.org. The phones work "
           "without it.");
}

void
oh_account_describe (OhAccount *self, OhBusEndpoint *out)
{
  const GError *reason = reason_of (self);

  *out = (OhBusEndpoint){ .trouble = self->trouble };
  g_free (self->server);
  g_free (self->mechanism);
  g_object_get (self->registration, "since", &out->since_us, "lost", &out->lost_us, "next-try",
                &out->next_try_us, "server", &self->server, "mechanism", &self->mechanism, NULL);
  if (!has_address (self))
    {
      describe_nobody (self, out);
      return;
    }
  out->state = oh_registration_state_word (oh_registration_state (self->registration));
  out->uri = self->settings->uri;
  out->server = self->server;
  out->mechanism = self->mechanism;
  out->remote = oh_registration_is_remote (self->registration);
  if (reason != NULL)
    {
      out->reason = reason->message;
      out->code = oh_error_code_word (reason->code);
      out->advice = oh_error_advice (reason->code);
    }
}

/* --- signing in ---------------------------------------------------------------------------- */

static void
answer_waiting (OhAccount *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static void
on_signed_in (OhRegistration *registration, OhAccount *self)
{
  OhSipStack *stack = oh_registration_stack (registration);
  g_autofree char *instance = oh_endpoint_instance (self->epid);
  const OhPresenceFeatures features = {
    .batched = oh_registration_supports (registration, "adhoclist"),
    .enhanced = oh_registration_supports (registration, "msrtc-event-categories"),
    .allow_events = oh_registration_allow_events (registration),
  };
  const OhPublicationIdentity identity = {
    .uri = self->settings->uri,
    .gruu = oh_registration_gruu (registration),
    .endpoint_id = instance,
    .machine_name = g_get_host_name (),
  };

  self->password_sent = FALSE; /* it was right */
  oh_publication_start (self->parts.publication, stack, &identity);
  oh_subscription_start (self->parts.subscription, stack, self->settings->uri, &features);
  g_signal_emit (self, signed_in_signal, 0, stack, self->settings->uri);
  oh_provisioner_start (self->parts.provisioner, stack, oh_registration_allow_events (registration),
                        oh_registration_is_remote (registration));
}

static void
on_renewed (OhRegistration *registration, OhAccount *self)
{
  oh_subscription_refresh (self->parts.subscription);
}

static void
on_state (OhRegistration *registration, GParamSpec *pspec, OhAccount *self)
{
  OhRegistrationState state = oh_registration_state (registration);

  if (state != OH_REGISTRATION_ONLINE)
    {
      oh_subscription_stop (self->parts.subscription);
      oh_publication_stop (self->parts.publication);
      g_signal_emit (self, left_signal, 0);
      oh_provisioner_stop (self->parts.provisioner);
    }
  if (state == OH_REGISTRATION_ONLINE)
    answer_waiting (self, NULL);
  else if (state == OH_REGISTRATION_WAITING || state == OH_REGISTRATION_FAILED)
    answer_waiting (self, reason_of (self));
  g_signal_emit (self, changed_signal, 0);
}

static void
sign_in_now (OhAccount *self)
{
  g_autoptr (OhAccountWish) wish = NULL;

  g_free (self->epid);
  self->epid = oh_endpoint_make_epid (self->settings->uri, self->installation);
  wish = oh_account_wish_new (self->settings, self->epid);
  g_clear_error (&self->keyring);
  oh_registration_sign_in (self->registration, &wish->registration);
}

static GError *
no_address_error (OhAccount *self)
{
  if (self->settings->problem != NULL)
    return g_error_copy (self->settings->problem);
  return g_error_new (OH_ERROR, OH_ERROR_SETTINGS,
                      _ ("No address to sign in as is set. Set yours: gsettings set "
                         "org.offhook.Agent uri sip:you@example.org"));
}

/* A password that was refused is not sent again before something has changed: each time counts
 * towards the account's lock-out, and the answer would be the same. */
static gboolean
is_refused (OhAccount *self)
{
  return self->password_sent &&
         oh_registration_state (self->registration) == OH_REGISTRATION_FAILED &&
         oh_error_is_refusal (oh_registration_reason (self->registration));
}

GError *
oh_account_dup_refusal (OhAccount *self)
{
  return is_refused (self) ? g_error_copy (oh_registration_reason (self->registration)) : NULL;
}

const char *
oh_account_trouble (OhAccount *self)
{
  return self->trouble;
}

void
oh_account_sign_in (OhAccount *self, GTask *task)
{
  self->wanted = TRUE;
  if (!has_address (self))
    {
      g_task_return_error (task, no_address_error (self));
      g_object_unref (task);
      return;
    }
  if (is_refused (self))
    {
      g_task_return_error (task, g_error_copy (oh_registration_reason (self->registration)));
      g_object_unref (task);
      return;
    }
  if (self->leaving > 0)
    {
      g_ptr_array_add (self->waiting, task);
      return;
    }
  switch (oh_registration_state (self->registration))
    {
    case OH_REGISTRATION_ONLINE:
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    case OH_REGISTRATION_CONNECTING:
    case OH_REGISTRATION_SIGNING_IN: g_ptr_array_add (self->waiting, task); return;
    case OH_REGISTRATION_OFFLINE:
    case OH_REGISTRATION_WAITING:
    case OH_REGISTRATION_FAILED:
    case OH_REGISTRATION_N_STATES:
    default: g_ptr_array_add (self->waiting, task); sign_in_now (self);
    }
}

/* --- signing out --------------------------------------------------------------------------- */

/* Somebody may have changed their mind meanwhile. */
static void
on_deregistered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhAccount *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!oh_registration_sign_out_finish (OH_REGISTRATION (source), result, &error))
    g_message ("%s", error->message);
  self->leaving--;
  if (self->leaving == 0 && self->wanted && has_address (self) &&
      oh_registration_state (self->registration) == OH_REGISTRATION_OFFLINE)
    sign_in_now (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhAccount *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!oh_publication_withdraw_finish (OH_PUBLICATION (source), result, &error))
    g_message ("%s", error->message);
  oh_registration_sign_out_async (self->registration, NULL, on_deregistered,
                                  g_steal_pointer (&task));
}

static void
leave (OhAccount *self, GTask *task)
{
  self->leaving++;
  g_task_set_task_data (task, g_object_ref (self), g_object_unref);
  oh_publication_withdraw_async (self->parts.publication, NULL, on_withdrawn, task);
}

void
oh_account_sign_out (OhAccount *self, GTask *task)
{
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, OH_ERROR_CANCELLED, _ ("Signing in was given up."));

  self->wanted = FALSE;
  answer_waiting (self, error);
  leave (self, task);
}

/* --- what changes from outside ------------------------------------------------------------- */

void
oh_account_password_changed (OhAccount *self)
{
  if (self->wanted && has_address (self) &&
      oh_registration_state (self->registration) != OH_REGISTRATION_ONLINE)
    sign_in_now (self);
}

void
oh_account_password_refused (OhAccount *self, const GError *error)
{
  if (oh_registration_state (self->registration) != OH_REGISTRATION_WAITING)
    return;
  self->password_sent = TRUE;
  oh_registration_give_up (self->registration, error);
}

void
oh_account_check (OhAccount *self)
{
  oh_registration_check (self->registration);
}

void
oh_account_sleep (OhAccount *self)
{
  oh_registration_sleep (self->registration);
}

void
oh_account_set_network (OhAccount *self, gboolean connected, const char *const *addresses)
{
  oh_registration_set_network (self->registration, connected, addresses);
}

static void
on_account_changed (OhAccount *self)
{
  g_autoptr (OhConfigAccount) before = g_steal_pointer (&self->settings);

  self->settings = oh_config_dup_account (self->parts.config);
  oh_provisioner_set_account (self->parts.provisioner, self->settings->uri);
  if (self->settings->problem != NULL)
    g_message ("%s", self->settings->problem->message);
  if (!oh_config_account_equal (before, self->settings) && self->wanted)
    {
      if (has_address (self))
        sign_in_now (self);
      else
        leave (self, g_task_new (NULL, NULL, NULL, NULL));
    }
  g_signal_emit (self, changed_signal, 0);
}

void
oh_account_start (OhAccount *self)
{
  g_return_if_fail (!self->following);
  self->following = TRUE;
  self->wanted = TRUE;
  g_signal_connect_object (self->parts.config, "account-changed", G_CALLBACK (on_account_changed),
                           self, G_CONNECT_SWAPPED);
  if (has_address (self))
    sign_in_now (self);
}

/* --- life ---------------------------------------------------------------------------------- */

static void
oh_account_dispose (GObject *object)
{
  OhAccount *self = OH_ACCOUNT (object);

  if (self->registration != NULL)
    g_signal_handlers_disconnect_by_data (self->registration, self);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_object (&self->registration);
  g_clear_object (&self->parts.provisioner);
  g_clear_object (&self->parts.publication);
  g_clear_object (&self->parts.subscription);
  g_clear_object (&self->parts.secrets);
  g_clear_object (&self->parts.config);
  g_clear_object (&self->parts.clock);
  G_OBJECT_CLASS (oh_account_parent_class)->dispose (object);
}

static void
oh_account_finalize (GObject *object)
{
  OhAccount *self = OH_ACCOUNT (object);

  g_clear_pointer (&self->settings, oh_config_account_free);
  g_clear_error (&self->keyring);
  g_free (self->installation);
  g_free (self->epid);
  g_free (self->server);
  g_free (self->mechanism);
  g_free (self->trouble);
  G_OBJECT_CLASS (oh_account_parent_class)->finalize (object);
}

static void
oh_account_class_init (OhAccountClass *class)
{
  G_OBJECT_CLASS (class)->dispose = oh_account_dispose;
  G_OBJECT_CLASS (class)->finalize = oh_account_finalize;
  changed_signal = g_signal_new ("changed", OH_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signed_in_signal = g_signal_new ("signed-in", OH_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, OH_TYPE_SIP_STACK, G_TYPE_STRING);
  left_signal =
    g_signal_new ("left", OH_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_account_init (OhAccount *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Returns: (transfer full): why NTLM cannot be done here; "" when it can */
static char *
find_trouble (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhNtlmCrypto) crypto = oh_ntlm_crypto_new (&error);

  return g_strdup (crypto != NULL ? "" : error->message);
}

OhAccount *
oh_account_new (const OhAccountParts *parts)
{
  OhAccount *self = g_object_new (OH_TYPE_ACCOUNT, NULL);

  self->parts.clock = g_object_ref (parts->clock);
  self->parts.config = g_object_ref (parts->config);
  self->parts.secrets = g_object_ref (parts->secrets);
  self->parts.subscription = g_object_ref (parts->subscription);
  self->parts.publication = g_object_ref (parts->publication);
  self->parts.provisioner = g_object_ref (parts->provisioner);
  self->installation = g_strdup (parts->installation);
  self->settings = oh_config_dup_account (parts->config);
  oh_provisioner_set_account (parts->provisioner, self->settings->uri);
  self->trouble = find_trouble ();
  self->registration = oh_registration_new (parts->clock, fetch_credentials, self);
  g_signal_connect (self->registration, "signed-in", G_CALLBACK (on_signed_in), self);
  g_signal_connect (self->registration, "renewed", G_CALLBACK (on_renewed), self);
  g_signal_connect (self->registration, "notify::state", G_CALLBACK (on_state), self);
  g_signal_connect (self->registration, "notify::reason", G_CALLBACK (on_state), self);
  return self;
}
