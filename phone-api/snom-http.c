/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-http.h"
#include "secret-text.h"
#include "snom-http-private.h"
#include "snom-trouble.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HTTPS_PORT 443
#define HTTP_PORT 80
/* What is read ahead has to vouch for that much longer. */
#define AHEAD_US (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (OhSnomHttp, oh_snom_http, G_TYPE_OBJECT)

enum
{
  SIGNAL_CERTIFICATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void start_task (GTask *task, gpointer user_data);

static void
job_free (gpointer data)
{
  OhSnomJob *job = data;

  g_free (job->target);
  oh_secret_free (job->form);
  g_free (job);
}

static void
oh_snom_http_finalize (GObject *object)
{
  OhSnomHttp *self = OH_SNOM_HTTP (object);

  oh_snom_warm_stop (self);
  oh_snom_queue_free (self->queue); /* empty: every task holds a reference to this object */
  g_free (self->host);
  g_free (self->address);
  g_free (self->mac);
  oh_phone_tls_free (self->tls);
  oh_snom_login_free (self->login);
  g_clear_object (&self->clock);
  g_clear_object (&self->line);
  g_clear_object (&self->certificate);
  G_OBJECT_CLASS (oh_snom_http_parent_class)->finalize (object);
}

static void
oh_snom_http_class_init (OhSnomHttpClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->finalize = oh_snom_http_finalize;
  signals[SIGNAL_CERTIFICATE] =
    g_signal_new ("certificate", OH_TYPE_SNOM_HTTP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
}

static void
oh_snom_http_init (OhSnomHttp *self)
{
  const OhPhoneTrust first_use = { .mode = OH_PHONE_TRUST_FIRST_USE };

  self->login = oh_snom_login_new ();
  self->dialect = oh_phone_dialect_snom ();
  self->tls = oh_phone_tls_new (&first_use);
}

OhSnomHttp *
oh_snom_http_new (const char *host, const char *scheme, OhClock *clock)
{
  OhSnomHttp *self = g_object_new (OH_TYPE_SNOM_HTTP, NULL);
  g_autoptr (GSocketConnectable) address = g_network_address_parse (host, 0, NULL);

  self->clock = g_object_ref (clock);
  self->line = oh_snom_line_new (clock);
  self->queue = oh_snom_queue_new (clock, start_task, self);
  self->secure = g_strcmp0 (scheme, "http") != 0;
  if (address != NULL)
    {
      self->host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)));
      self->port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
    }
  else
    self->host = g_strdup (host); /* fails when it is used, with its name in the message */
  return self;
}

void
oh_snom_http_set_dialect (OhSnomHttp *self, const OhPhoneDialect *dialect)
{
  self->dialect = dialect;
}

gboolean
oh_snom_http_get_secure (OhSnomHttp *self)
{
  return self->secure;
}

OhPhoneKind
oh_snom_http_get_kind (OhSnomHttp *self)
{
  return self->kind;
}

gboolean
oh_snom_http_set_login (OhSnomHttp *self, OhPhoneLevel level, const char *user,
                        const char *password)
{
  return oh_snom_login_set (self->login, level, user, password, oh_clock_now_us (self->clock));
}

gboolean
oh_snom_http_set_trust (OhSnomHttp *self, const OhPhoneTrust *trust)
{
  if (oh_phone_tls_says_the_same (self->tls, trust))
    return FALSE;
  oh_phone_tls_free (self->tls);
  self->tls = oh_phone_tls_new (trust);
  oh_snom_line_drop (self->line);
  return TRUE;
}

/* The 3xx family, not the D3xx: slow, and the first to break off when hurried. */
void
oh_snom_http_set_model (OhSnomHttp *self, const char *model)
{
  gboolean slow = model != NULL && g_ascii_strncasecmp (model, "snom3", strlen ("snom3")) == 0;

  oh_snom_queue_set_gap (self->queue, slow ? OH_SNOM_GAP_SLOW_US : OH_SNOM_GAP_US);
}

gboolean
oh_snom_http_set_address (OhSnomHttp *self, const char *address)
{
  if (g_strcmp0 (self->address, address) == 0)
    return FALSE;
  g_free (self->address);
  self->address = g_strdup (address);
  oh_snom_line_drop (self->line);
  return TRUE;
}

void
oh_snom_http_set_mac (OhSnomHttp *self, const char *mac)
{
  g_free (self->mac);
  self->mac = g_strdup (mac);
}

const char *
oh_snom_http_get_host_name (OhSnomHttp *self)
{
  return self->host;
}

GInetAddress *
oh_snom_http_get_local (OhSnomHttp *self)
{
  return oh_snom_line_get_local (self->line);
}

GInetAddress *
oh_snom_http_get_remote (OhSnomHttp *self)
{
  return oh_snom_line_get_remote (self->line);
}

GTlsCertificate *
oh_snom_http_get_certificate (OhSnomHttp *self)
{
  return self->certificate;
}

gboolean
oh_snom_http_get_unprotected (OhSnomHttp *self)
{
  return oh_snom_login_get_unprotected (self->login);
}

gint64
oh_snom_http_locked_us (OhSnomHttp *self)
{
  gint64 now_us = oh_clock_now_us (self->clock);

  return MAX (oh_snom_login_hold_us (self->login, now_us), self->locked_until_us - now_us);
}

static gboolean
judge_certificate (GTlsCertificate *certificate, gpointer user_data, GError **error)
{
  OhSnomHttp *self = user_data;
  g_autofree char *fingerprint = NULL;
  OhPhoneVerdict verdict =
    oh_phone_tls_judge (self->tls, certificate, self->host, self->mac, &fingerprint, error);

  g_set_object (&self->certificate, certificate);
  g_signal_emit (self, signals[SIGNAL_CERTIFICATE], 0, fingerprint, verdict);
  return verdict == OH_PHONE_VERDICT_ACCEPTED || verdict == OH_PHONE_VERDICT_FIRST;
}

static OhSnomPlace
place_of (OhSnomHttp *self)
{
  return (OhSnomPlace){
    .host = self->address != NULL ? self->address : self->host,
    .port = self->port != 0 ? self->port : (self->secure ? HTTPS_PORT : HTTP_PORT),
    .secure = self->secure,
    .legacy = oh_phone_tls_allows_legacy (self->tls),
    .judge = judge_certificate,
    .user_data = self,
  };
}

/* What would be more than a name in the request's head. */
static gboolean
is_name (const char *host)
{
  return *host != '\0' && strpbrk (host, " \t\r\n/?#@\\") == NULL;
}

/* What stands in the way before anything is sent. */
static GError *
obstacle (OhSnomHttp *self, const OhSnomJob *job)
{
  GError *error = NULL;

  if (!is_name (self->host))
    return g_error_new (OH_ERROR, OH_ERROR_USAGE, _ ("“%s” is no host name."), self->host);
  if (oh_snom_http_locked_us (self) > 0)
    return oh_snom_answer_locked (self);
  if (!self->secure && oh_phone_tls_get_mode (self->tls) != OH_PHONE_TRUST_NONE)
    return oh_snom_trouble_plain (self->host);
  if (!self->secure && job->secret)
    return oh_snom_trouble_open (self->host);
  oh_snom_login_may_try (self->login, self->host, &error);
  return error;
}

gboolean
oh_snom_job_is_settings (const OhSnomJob *job)
{
  return job->kind == OH_SNOM_READ_OPTIONAL || job->kind == OH_SNOM_WRITE || job->secret;
}

static void
on_exchanged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSnomHttp) self = user_data;

  oh_snom_queue_rest (self->queue);
  oh_snom_answer_take (self, oh_snom_exchange_finish (result));
}

static void
send_task (OhSnomHttp *self, GTask *task)
{
  OhSnomJob *job = g_task_get_task_data (task);
  GError *error = obstacle (self, job);
  g_autofree char *answer = NULL;
  OhHttpAsked asked;

  if (error != NULL)
    {
      oh_snom_answer_fail (self, error);
      return;
    }
  asked = (OhHttpAsked){ .method = job->form != NULL ? "POST" : "GET",
                         .target = job->target,
                         .body = job->form };
  answer = oh_snom_login_answer (self->login, &asked, oh_snom_job_is_settings (job));
  job->answered = answer != NULL;
  oh_snom_exchange_async (self->line,
                          &(OhSnomRequestLine){ .place = place_of (self),
                                                .method = asked.method,
                                                .target = asked.target,
                                                .form = asked.body,
                                                .secret = job->secret,
                                                .authorization = answer,
                                                .alone = job->kind == OH_SNOM_ONCE },
                          self->clock, g_task_get_cancellable (task), on_exchanged,
                          g_object_ref (self));
}

/* TRUE when the job needs no request after all. */
static gboolean
is_settled (OhSnomHttp *self, const OhSnomJob *job)
{
  gint64 now_us = oh_clock_now_us (self->clock);

  if (job->kind == OH_SNOM_REFRESH)
    now_us += AHEAD_US;
  return (job->kind == OH_SNOM_SETTLE || job->kind == OH_SNOM_REFRESH) &&
         oh_snom_login_is_settled (self->login, now_us);
}

static void
open_line (OhSnomHttp *self, GTask *task)
{
  OhSnomPlace place = place_of (self);
  GError *error = obstacle (self, g_task_get_task_data (task));

  if (error != NULL)
    oh_snom_answer_fail (self, error);
  else
    oh_snom_warm_open (self, &place, g_task_get_cancellable (task));
}

static void
start_task (GTask *task, gpointer user_data)
{
  OhSnomHttp *self = user_data;
  OhSnomJob *job = g_task_get_task_data (task);

  if (is_settled (self, job))
    oh_snom_answer_succeed (self, g_bytes_new (NULL, 0), NULL);
  else if (job->kind == OH_SNOM_OPEN)
    open_line (self, task);
  else
    send_task (self, task);
}

void
oh_snom_http_get_async (OhSnomHttp *self, OhSnomRequestKind kind, const char *target,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  oh_snom_http_post_async (self, kind, target, NULL, cancellable, callback, user_data);
}

void
oh_snom_http_post_async (OhSnomHttp *self, OhSnomRequestKind kind, const char *target,
                         const char *form, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  const OhSnomLetter letter = { .kind = kind, .target = target, .form = form };

  oh_snom_http_send_async (self, &letter, cancellable, callback, user_data);
}

void
oh_snom_http_send_async (OhSnomHttp *self, const OhSnomLetter *letter, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  OhSnomJob *job = g_new0 (OhSnomJob, 1);

  job->kind = letter->kind;
  job->target = g_strdup (letter->target);
  job->form = oh_secret_dup (letter->form);
  job->secret = letter->secret;
  g_task_set_source_tag (task, oh_snom_http_send_async);
  g_task_set_task_data (task, job, job_free);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  oh_snom_queue_push (self->queue, task);
}
