/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kerberos through GSSAPI. Fetching a ticket may wait for a KDC: a worker thread does it with
 * copies of its own and hands the finished context back. */

#include "mechanism.h"

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_krb5.h>
#include <krb5.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "error.h"
#include "kerberos-reason.h"
#include "kerberos-ticket.h"
#include "login-name.h"
#include "worker.h"

#define OH_TYPE_MECHANISM_GSSAPI (oh_mechanism_gssapi_get_type ())
G_DECLARE_FINAL_TYPE (OhMechanismGssapi, oh_mechanism_gssapi, OH, MECHANISM_GSSAPI, GObject)

/* A ticket that ends sooner would do for no association. The library hands it out all the same, and
 * a server takes it for some minutes more, for the sake of clocks. */
#define LIFE_MIN_S 5

struct _OhMechanismGssapi
{
  GObject parent_instance;

  OhCredentials *credentials; /* (owned) (nullable): gone once a token was asked for */
  OhLoginName *name;          /* (owned) (nullable): without a password nobody is named */
  char *target;               /* (owned) */
  gss_ctx_id_t context;       /* (owned): GSS_C_NO_CONTEXT until established */
  gint64 life_s;
  OhSchemeFailure failure;
};

/* What the worker thread has: copies in, a context out. */
typedef struct
{
  char *principal;            /* (owned) (nullable): NULL for the ticket cache */
  char *enterprise;           /* (owned) (nullable) */
  OhCredentials *credentials; /* (owned) */
  char *target;               /* (owned) */
  gss_ctx_id_t context;       /* (owned) */
  gint64 life_s;
  OhSchemeFailure failure;
} Work;

static void
work_free (Work *work)
{
  OM_uint32 minor;

  g_free (work->principal);
  g_free (work->enterprise);
  g_clear_pointer (&work->credentials, oh_credentials_free);
  g_free (work->target);
  if (work->context != GSS_C_NO_CONTEXT)
    gss_delete_sec_context (&minor, &work->context, GSS_C_NO_BUFFER);
  g_free (work);
}

/* The library's own words: they name the service. */
static char *
words (OM_uint32 major, OM_uint32 minor)
{
  int type = minor != 0 ? GSS_C_MECH_CODE : GSS_C_GSS_CODE;
  OM_uint32 ignored;
  OM_uint32 more = 0;
  gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
  char *copy;

  if (GSS_ERROR (gss_display_status (&ignored, minor != 0 ? minor : major, type,
                                     (gss_OID) gss_mech_krb5, &more, &text)))
    return g_strdup ("?");
  copy = g_strndup (text.value, text.length);
  gss_release_buffer (&ignored, &text);
  return copy;
}

/* --- in the worker thread ------------------------------------------------------------------ */

static OM_uint32
initiate (OM_uint32 *minor, Work *work, gss_cred_id_t credential, gss_buffer_t token)
{
  g_autofree char *service = g_strconcat ("sip@", work->target, NULL);
  gss_buffer_desc buffer = { strlen (service), service };
  gss_name_t name = GSS_C_NO_NAME;
  OM_uint32 ignored;
  OM_uint32 life_s = 0;
  OM_uint32 major = gss_import_name (minor, &buffer, GSS_C_NT_HOSTBASED_SERVICE, &name);

  /* Integrity only: with replay or sequence flags messages that overtake each other would fail,
   * with mutual authentication the context would not be complete for the signature that goes
   * with the first token. The server proves itself by its first signature. */
  if (!GSS_ERROR (major))
    major = gss_init_sec_context (minor, credential, &work->context, name, (gss_OID) gss_mech_krb5,
                                  GSS_C_INTEG_FLAG, GSS_C_INDEFINITE, GSS_C_NO_CHANNEL_BINDINGS,
                                  GSS_C_NO_BUFFER, NULL, token, NULL, &life_s);
  work->life_s = life_s == GSS_C_INDEFINITE ? OH_MECHANISM_UNLIMITED : (gint64) life_s;
  gss_release_name (&ignored, &name);
  if (major != GSS_S_COMPLETE || work->life_s >= LIFE_MIN_S)
    return major;
  *minor = (OM_uint32) KRB5KRB_AP_ERR_TKT_EXPIRED;
  return GSS_S_CREDENTIALS_EXPIRED;
}

static GError *
failed (Work *work, OM_uint32 major, OM_uint32 minor)
{
  g_autofree char *why = words (major, minor);

  work->failure = oh_kerberos_reason (major, minor);
  if (!GSS_ERROR (major)) /* without mutual authentication the library never asks for more */
    return oh_kerberos_error (work->failure, work->target, NULL, "it wants more than one token");
  return oh_kerberos_error (work->failure, work->target, work->principal, why);
}

static void
in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  g_autoptr (OhKerberosTicket) ticket = NULL;
  g_autofree char *why = NULL;
  gss_buffer_desc token = GSS_C_EMPTY_BUFFER;
  OM_uint32 minor = 0;
  OM_uint32 major, ignored;

  if (work->principal != NULL) /* without a name the default: the user's ticket cache */
    ticket = oh_kerberos_ticket_get (work->principal, work->enterprise, work->credentials->password,
                                     &work->failure, &why);
  if (work->principal != NULL && ticket == NULL)
    {
      g_task_return_error (task,
                           oh_kerberos_error (work->failure, work->target, work->principal, why));
      return;
    }
  major = initiate (&minor, work,
                    ticket != NULL ? oh_kerberos_ticket_credential (ticket) : GSS_C_NO_CREDENTIAL,
                    &token);
  if (major == GSS_S_COMPLETE)
    g_task_return_pointer (task, g_bytes_new (token.value, token.length),
                           (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, failed (work, major, minor));
  gss_release_buffer (&ignored, &token);
}

/* --- the mechanism ------------------------------------------------------------------------- */

static const char *
gssapi_scheme (OhMechanism *mechanism)
{
  return "Kerberos";
}

static void
gssapi_step_async (OhMechanism *mechanism, GBytes *token, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  OhMechanismGssapi *self = OH_MECHANISM_GSSAPI (mechanism);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Work *work;

  g_task_set_source_tag (task, gssapi_step_async);
  if (self->credentials == NULL || token != NULL)
    {
      self->failure = OH_SCHEME_FAILURE_BROKEN;
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_PROTOCOL,
                               _ ("The server %s answered out of turn during the Kerberos "
                                  "sign-in."),
                               self->target);
      return;
    }
  if (self->credentials->password != NULL && self->name == NULL)
    {
      self->failure = OH_SCHEME_FAILURE_NO_PASSWORD;
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_SIGN_IN,
                               _ ("“%s” is no user name that can sign in to %s."),
                               self->credentials->login, self->target);
      return;
    }
  work = g_new0 (Work, 1);
  work->principal = self->name != NULL ? g_strdup (self->name->principal) : NULL;
  work->enterprise = self->name != NULL ? g_strdup (self->name->enterprise) : NULL;
  work->credentials = g_steal_pointer (&self->credentials);
  work->target = g_strdup (self->target);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  oh_worker_run (task, in_thread);
}

static GBytes *
gssapi_step_finish (OhMechanism *mechanism, GAsyncResult *result, gboolean *established,
                    GError **error)
{
  OhMechanismGssapi *self = OH_MECHANISM_GSSAPI (mechanism);
  g_autoptr (GBytes) token = g_task_propagate_pointer (G_TASK (result), error);
  Work *work = g_task_get_task_data (G_TASK (result)); /* none where it failed before it began */

  *established = token != NULL;
  if (work != NULL)
    self->failure = work->failure;
  if (token == NULL || work == NULL)
    return NULL;
  self->context = g_steal_pointer (&work->context);
  self->life_s = work->life_s;
  return g_steal_pointer (&token);
}

static GBytes *
gssapi_sign (OhMechanism *mechanism, const char *text, GError **error)
{
  OhMechanismGssapi *self = OH_MECHANISM_GSSAPI (mechanism);
  gss_buffer_desc message = { strlen (text), (void *) text };
  gss_buffer_desc mic = GSS_C_EMPTY_BUFFER;
  OM_uint32 ignored;
  OM_uint32 minor;
  OM_uint32 major = gss_get_mic (&minor, self->context, GSS_C_QOP_DEFAULT, &message, &mic);
  GBytes *signature;

  if (GSS_ERROR (major))
    {
      g_autofree char *why = words (major, minor);
      OhSchemeFailure failure = oh_kerberos_reason (major, minor);

      g_propagate_error (error, oh_kerberos_error (failure, self->target, NULL, why));
      return NULL;
    }
  signature = g_bytes_new (mic.value, mic.length);
  gss_release_buffer (&ignored, &mic);
  return signature;
}

static gboolean
gssapi_verify (OhMechanism *mechanism, const char *text, GBytes *signature, GError **error)
{
  OhMechanismGssapi *self = OH_MECHANISM_GSSAPI (mechanism);
  gsize len;
  gconstpointer data = g_bytes_get_data (signature, &len);
  gss_buffer_desc message = { strlen (text), (void *) text };
  gss_buffer_desc mic = { len, (void *) data };
  OM_uint32 minor;
  OM_uint32 major = gss_verify_mic (&minor, self->context, &message, &mic, NULL);

  /* Supplementary bits (duplicate, old, out of sequence) are no failure: the association counts. */
  if (!GSS_ERROR (major))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, _ ("Invalid signature from %s."), self->target);
  return FALSE;
}

static gint64
gssapi_life_s (OhMechanism *mechanism)
{
  return OH_MECHANISM_GSSAPI (mechanism)->life_s;
}

static OhSchemeFailure
gssapi_failure (OhMechanism *mechanism)
{
  return OH_MECHANISM_GSSAPI (mechanism)->failure;
}

static void
mechanism_iface_init (OhMechanismInterface *iface)
{
  iface->scheme = gssapi_scheme;
  iface->step_async = gssapi_step_async;
  iface->step_finish = gssapi_step_finish;
  iface->sign = gssapi_sign;
  iface->verify = gssapi_verify;
  iface->life_s = gssapi_life_s;
  iface->failure = gssapi_failure;
}

G_DEFINE_TYPE_WITH_CODE (OhMechanismGssapi, oh_mechanism_gssapi, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (OH_TYPE_MECHANISM, mechanism_iface_init))

static void
oh_mechanism_gssapi_finalize (GObject *object)
{
  OhMechanismGssapi *self = OH_MECHANISM_GSSAPI (object);
  OM_uint32 minor;

  g_clear_pointer (&self->credentials, oh_credentials_free);
  g_clear_pointer (&self->name, oh_login_name_free);
  g_free (self->target);
  if (self->context != GSS_C_NO_CONTEXT)
    gss_delete_sec_context (&minor, &self->context, GSS_C_NO_BUFFER);
  G_OBJECT_CLASS (oh_mechanism_gssapi_parent_class)->finalize (object);
}

static void
oh_mechanism_gssapi_class_init (OhMechanismGssapiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_mechanism_gssapi_finalize;
}

static void
oh_mechanism_gssapi_init (OhMechanismGssapi *self)
{
  self->context = GSS_C_NO_CONTEXT;
}

OhMechanism *
oh_mechanism_gssapi_new (const OhMechanismOrder *order)
{
  OhMechanismGssapi *self = g_object_new (OH_TYPE_MECHANISM_GSSAPI, NULL);

  self->target = g_strdup (order->host);
  self->credentials = oh_credentials_copy (order->credentials);
  if (self->credentials->password != NULL)
    self->name = oh_login_name_parse (self->credentials->login);
  return OH_MECHANISM (self);
}
