/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kerberos through GSSAPI. Fetching a ticket may wait for a KDC: a worker thread does it with
 * copies of its own and hands the finished context back. */

#include "mechanism.h"

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <krb5.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "error.h"
#include "login-name.h"

#define OH_TYPE_MECHANISM_GSSAPI (oh_mechanism_gssapi_get_type ())
G_DECLARE_FINAL_TYPE (OhMechanismGssapi, oh_mechanism_gssapi, OH, MECHANISM_GSSAPI, GObject)

/* A ticket of the user that ends sooner is left alone when there is a password. */
#define CACHED_LIFE_MIN_S (10 * 60)
/* One that ends sooner would do for no association. The library hands it out all the same, and a
 * server takes it for some minutes more, for the sake of clocks. */
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

/* --- what went wrong ----------------------------------------------------------------------- */

static const struct
{
  gint64 minor;
  OhSchemeFailure failure;
} reasons[] = {
  { KRB5KDC_ERR_PREAUTH_FAILED, OH_SCHEME_FAILURE_PASSWORD },
  { KRB5KRB_AP_ERR_BAD_INTEGRITY, OH_SCHEME_FAILURE_PASSWORD },
  { KRB5KDC_ERR_KEY_EXP, OH_SCHEME_FAILURE_PASSWORD_EXPIRED },
  { KRB5KDC_ERR_CLIENT_REVOKED, OH_SCHEME_FAILURE_ACCOUNT }, /* disabled, locked, logon hours */
  { KRB5KDC_ERR_NAME_EXP, OH_SCHEME_FAILURE_ACCOUNT },
  { KRB5KDC_ERR_CLIENT_NOTYET, OH_SCHEME_FAILURE_ACCOUNT },
  { KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN, OH_SCHEME_FAILURE_NAME_UNKNOWN },
  { KRB5KDC_ERR_WRONG_REALM, OH_SCHEME_FAILURE_NAME_UNKNOWN },
  { KRB5_REALM_UNKNOWN, OH_SCHEME_FAILURE_NO_KDC },
  { KRB5_REALM_CANT_RESOLVE, OH_SCHEME_FAILURE_NO_KDC },
  { KRB5_KDC_UNREACH, OH_SCHEME_FAILURE_NO_KDC },
  { KRB5KDC_ERR_SVC_UNAVAILABLE, OH_SCHEME_FAILURE_NO_KDC },
  { KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, OH_SCHEME_FAILURE_SERVICE_UNKNOWN },
  { KRB5KDC_ERR_SERVICE_REVOKED, OH_SCHEME_FAILURE_SERVICE_UNKNOWN },
  { KRB5KDC_ERR_ETYPE_NOSUPP, OH_SCHEME_FAILURE_CIPHER },
  { KRB5_CONFIG_ETYPE_NOSUPP, OH_SCHEME_FAILURE_CIPHER },
  { KRB5_PROG_ETYPE_NOSUPP, OH_SCHEME_FAILURE_CIPHER },
  { KRB5KRB_AP_ERR_SKEW, OH_SCHEME_FAILURE_CLOCK },
  { KRB5_KDCREP_SKEW, OH_SCHEME_FAILURE_CLOCK },
  { KRB5KRB_AP_ERR_TKT_NYV, OH_SCHEME_FAILURE_CLOCK },
  { KRB5KDC_ERR_NEVER_VALID, OH_SCHEME_FAILURE_CLOCK },
  { KRB5KRB_AP_ERR_TKT_EXPIRED, OH_SCHEME_FAILURE_TICKET_EXPIRED },
  { KRB5_CC_NOTFOUND, OH_SCHEME_FAILURE_NO_TICKET },
  { KRB5_FCC_NOFILE, OH_SCHEME_FAILURE_NO_TICKET },
};

static OhSchemeFailure
failure_of (OM_uint32 major, OM_uint32 minor)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if ((OM_uint32) reasons[i].minor == minor)
      return reasons[i].failure;
  switch (GSS_ROUTINE_ERROR (major))
    {
    case GSS_S_NO_CRED: return OH_SCHEME_FAILURE_NO_TICKET;
    case GSS_S_CREDENTIALS_EXPIRED:
    case GSS_S_CONTEXT_EXPIRED: return OH_SCHEME_FAILURE_TICKET_EXPIRED;
    default: return OH_SCHEME_FAILURE_UNAVAILABLE;
    }
}

/* The library's own words: they name the realm. */
static char *
words (OM_uint32 code, int type)
{
  OM_uint32 minor;
  OM_uint32 more = 0;
  gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
  char *copy;

  if (GSS_ERROR (gss_display_status (&minor, code, type, (gss_OID) gss_mech_krb5, &more, &text)))
    return g_strdup ("");
  copy = g_strndup (text.value, text.length);
  gss_release_buffer (&minor, &text);
  return copy;
}

static char *
sentence (OhSchemeFailure failure, const char *target)
{
  switch ((int) failure)
    {
    case OH_SCHEME_FAILURE_PASSWORD:
      return g_strdup_printf (_ ("Kerberos did not accept user name and password for %s"), target);
    case OH_SCHEME_FAILURE_NAME_UNKNOWN:
      return g_strdup_printf (_ ("Kerberos does not know the user name for %s"), target);
    case OH_SCHEME_FAILURE_PASSWORD_EXPIRED:
      return g_strdup_printf (_ ("Kerberos cannot sign in to %s because the password has expired"),
                              target);
    case OH_SCHEME_FAILURE_ACCOUNT:
      return g_strdup_printf (_ ("Kerberos cannot sign in to %s because the account is locked, "
                                 "disabled or expired"),
                              target);
    case OH_SCHEME_FAILURE_NO_TICKET:
    case OH_SCHEME_FAILURE_TICKET_EXPIRED:
      return g_strdup_printf (_ ("There is no valid Kerberos ticket for signing in to %s"), target);
    case OH_SCHEME_FAILURE_CLOCK:
      return g_strdup_printf (_ ("Kerberos cannot sign in to %s because the clocks differ"),
                              target);
    case OH_SCHEME_FAILURE_NO_KDC:
      return g_strdup_printf (_ ("No Kerberos server answers for signing in to %s"), target);
    default: return g_strdup_printf (_ ("Kerberos cannot be used with the server %s"), target);
    }
}

static OhSchemeFailure
set_error (GError **error, OM_uint32 major, OM_uint32 minor, const char *target,
           const char *principal)
{
  OhSchemeFailure failure = failure_of (major, minor);
  int code = (int) oh_scheme_failure_code (failure);
  g_autofree char *what = sentence (failure, target);
  g_autofree char *own = minor != 0 ? words (minor, GSS_C_MECH_CODE) : g_strdup ("");
  g_autofree char *general = words (major, GSS_C_GSS_CODE);
  const char *reason = own[0] != '\0' ? own : general;
  const char *realm = principal != NULL ? strrchr (principal, '@') : NULL;

  if (realm != NULL)
    g_set_error (error, OH_ERROR, code, _ ("%s (realm %s: %s)."), what, realm + 1, reason);
  else
    g_set_error (error, OH_ERROR, code, "%s (%s).", what, reason);
  return failure;
}

/* --- in the worker thread ------------------------------------------------------------------ */

static OM_uint32
import_name (OM_uint32 *minor, const char *text, gss_OID type, gss_name_t *out)
{
  gss_buffer_desc buffer = { strlen (text), (void *) text };

  return gss_import_name (minor, &buffer, type, out);
}

static OM_uint32
acquire_as (OM_uint32 *minor, const char *name_text, gss_OID type, const char *password,
            gss_cred_id_t *out)
{
  gss_OID_set_desc krb5_only = { 1, (gss_OID) gss_mech_krb5 };
  gss_buffer_desc secret = { strlen (password), (void *) password };
  gss_name_t name = GSS_C_NO_NAME;
  OM_uint32 ignored;
  OM_uint32 major = import_name (minor, name_text, type, &name);

  if (GSS_ERROR (major))
    return major;
  major = gss_acquire_cred_with_password (minor, name, &secret, GSS_C_INDEFINITE, &krb5_only,
                                          GSS_C_INITIATE, out, NULL, NULL);
  gss_release_name (&ignored, &name);
  return major;
}

static gboolean
acquire_cached_as (const char *name_text, gss_OID type, gss_cred_id_t *out)
{
  gss_OID_set_desc krb5_only = { 1, (gss_OID) gss_mech_krb5 };
  gss_name_t name = GSS_C_NO_NAME;
  OM_uint32 minor, ignored;
  OM_uint32 life_s = 0;
  OM_uint32 major = import_name (&minor, name_text, type, &name);

  if (GSS_ERROR (major))
    return FALSE;
  major = gss_acquire_cred (&minor, name, GSS_C_INDEFINITE, &krb5_only, GSS_C_INITIATE, out, NULL,
                            &life_s);
  gss_release_name (&ignored, &name);
  if (!GSS_ERROR (major) && life_s >= CACHED_LIFE_MIN_S)
    return TRUE;
  gss_release_cred (&ignored, out);
  return FALSE;
}

/* A ticket that the user has anyway is better than the stored password: that may be an old one,
 * and every wrong one counts. Not when it is about to end. */
static gboolean
acquire_cached (const Work *work, gss_cred_id_t *out)
{
  return acquire_cached_as (work->principal, (gss_OID) GSS_KRB5_NT_PRINCIPAL_NAME, out) ||
         (work->enterprise != NULL &&
          acquire_cached_as (work->enterprise, GSS_KRB5_NT_ENTERPRISE_NAME, out));
}

/* Whether nobody has looked at the password yet, so that it may be shown to somebody else. */
static gboolean
is_unjudged (OM_uint32 major, OM_uint32 minor)
{
  OhSchemeFailure failure = failure_of (major, minor);

  return failure == OH_SCHEME_FAILURE_NAME_UNKNOWN || failure == OH_SCHEME_FAILURE_NO_KDC;
}

/* A UPN's suffix is a realm in most forests, and its user part a name in that realm. Where either
 * is not so, the default realm finds the account by the whole UPN ("enterprise name", RFC 6806 5):
 * a KDC says that it does not know a name before it looks at a password. */
static OM_uint32
acquire (OM_uint32 *minor, const Work *work, gss_cred_id_t *out)
{
  OM_uint32 major, second, second_minor;

  if (work->principal == NULL || acquire_cached (work, out))
    return GSS_S_COMPLETE; /* without a name the default: the user's ticket cache */
  major = acquire_as (minor, work->principal, (gss_OID) GSS_KRB5_NT_PRINCIPAL_NAME,
                      work->credentials->password, out);
  if (!GSS_ERROR (major) || work->enterprise == NULL || !is_unjudged (major, *minor))
    return major;
  second = acquire_as (&second_minor, work->enterprise, GSS_KRB5_NT_ENTERPRISE_NAME,
                       work->credentials->password, out);
  if (GSS_ERROR (second) && failure_of (second, second_minor) == OH_SCHEME_FAILURE_NO_KDC)
    return major; /* the first reason is the better one */
  *minor = second_minor;
  return second;
}

static OM_uint32
initiate (OM_uint32 *minor, Work *work, gss_buffer_t token)
{
  g_autofree char *service = g_strconcat ("sip@", work->target, NULL);
  gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
  gss_name_t name = GSS_C_NO_NAME;
  OM_uint32 ignored;
  OM_uint32 life_s = 0;
  OM_uint32 major = acquire (minor, work, &credential);

  if (!GSS_ERROR (major))
    major = import_name (minor, service, GSS_C_NT_HOSTBASED_SERVICE, &name);
  /* Integrity only: with replay or sequence flags messages that overtake each other would fail,
   * with mutual authentication the context would not be complete for the signature that goes
   * with the first token. The server proves itself by its first signature. */
  if (!GSS_ERROR (major))
    major = gss_init_sec_context (minor, credential, &work->context, name, (gss_OID) gss_mech_krb5,
                                  GSS_C_INTEG_FLAG, GSS_C_INDEFINITE, GSS_C_NO_CHANNEL_BINDINGS,
                                  GSS_C_NO_BUFFER, NULL, token, NULL, &life_s);
  work->life_s = life_s == GSS_C_INDEFINITE ? OH_MECHANISM_UNLIMITED : (gint64) life_s;
  gss_release_name (&ignored, &name);
  gss_release_cred (&ignored, &credential);
  return major;
}

static void
in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Work *work = task_data;
  gss_buffer_desc token = GSS_C_EMPTY_BUFFER;
  GError *error = NULL;
  OM_uint32 ignored;
  OM_uint32 minor = 0;
  OM_uint32 major = initiate (&minor, work, &token);

  if (major == GSS_S_COMPLETE && work->life_s < LIFE_MIN_S)
    {
      major = GSS_S_CREDENTIALS_EXPIRED;
      minor = (OM_uint32) KRB5KRB_AP_ERR_TKT_EXPIRED;
    }
  if (GSS_ERROR (major))
    work->failure = set_error (&error, major, minor, work->target, work->principal);
  else if (major != GSS_S_COMPLETE)
    {
      work->failure = OH_SCHEME_FAILURE_UNAVAILABLE;
      error = g_error_new (OH_ERROR, OH_ERROR_MECHANISM,
                           _ ("Kerberos cannot be used with the server %s: it wants more than one "
                              "token."),
                           work->target);
    }
  if (error == NULL)
    g_task_return_pointer (task, g_bytes_new (token.value, token.length),
                           (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
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
  g_task_run_in_thread (task, in_thread);
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
      (void) set_error (error, major, minor, self->target, NULL);
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
