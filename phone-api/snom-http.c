/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-http.h"
#include "phone-tls.h"
#include "snom-exchange.h"
#include "snom-login.h"
#include "snom-queue.h"
#include "snom-trouble.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HTTPS_PORT 443
#define HTTP_PORT 80

typedef struct
{
  OhSnomRequestKind kind;
  char *target;
  gboolean answered; /* carries an Authorization header this time */
  gboolean repeated; /* a page was asked for again because no answer had come */
  gboolean moved;    /* already sent to another address once */
  gboolean renewed;  /* already answered a stale nonce once */
} Job;

typedef struct
{
  GBytes *body;
  OhSnomPage *page;
} Reply;

struct _OhSnomHttp
{
  GObject parent_instance;

  char *host;
  guint16 port; /* 0: the scheme's own */
  gboolean secure;
  char *mac;
  OhClock *clock;
  SoupSession *session;
  OhPhoneTls *tls;
  OhSnomLogin *login;
  OhSnomQueue *queue;
  guint lockouts; /* in a row */
  gint64 locked_until_us;
  GInetAddress *local;
  GInetAddress *remote;
  GTlsCertificate *certificate; /* shown last */
};

G_DEFINE_FINAL_TYPE (OhSnomHttp, oh_snom_http, G_TYPE_OBJECT)

enum
{
  SIGNAL_CERTIFICATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void start_task (GTask *task, gpointer user_data);

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_bytes_unref (reply->body);
  oh_snom_page_free (reply->page);
  g_free (reply);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->target);
  g_free (job);
}

static void
oh_snom_http_dispose (GObject *object)
{
  OhSnomHttp *self = OH_SNOM_HTTP (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (oh_snom_http_parent_class)->dispose (object);
}

static void
oh_snom_http_finalize (GObject *object)
{
  OhSnomHttp *self = OH_SNOM_HTTP (object);

  oh_snom_queue_free (self->queue); /* empty: every task holds a reference to this object */
  g_free (self->host);
  g_free (self->mac);
  oh_phone_tls_free (self->tls);
  oh_snom_login_free (self->login);
  g_clear_object (&self->clock);
  g_clear_object (&self->local);
  g_clear_object (&self->remote);
  g_clear_object (&self->certificate);
  G_OBJECT_CLASS (oh_snom_http_parent_class)->finalize (object);
}

static void
oh_snom_http_class_init (OhSnomHttpClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = oh_snom_http_dispose;
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
  self->tls = oh_phone_tls_new (&first_use);
  self->session = oh_snom_exchange_new_session ();
}

OhSnomHttp *
oh_snom_http_new (const char *host, const char *scheme, OhClock *clock)
{
  OhSnomHttp *self = g_object_new (OH_TYPE_SNOM_HTTP, NULL);
  g_autoptr (GSocketConnectable) address = g_network_address_parse (host, 0, NULL);

  self->clock = g_object_ref (clock);
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

gboolean
oh_snom_http_set_login (OhSnomHttp *self, const char *user, const char *password)
{
  return oh_snom_login_set (self->login, user, password, oh_clock_now_us (self->clock));
}

gboolean
oh_snom_http_set_trust (OhSnomHttp *self, const OhPhoneTrust *trust)
{
  if (oh_phone_tls_says_the_same (self->tls, trust))
    return FALSE;
  oh_phone_tls_free (self->tls);
  self->tls = oh_phone_tls_new (trust);
  soup_session_abort (self->session);
  return TRUE;
}

/* The 3xx family, not the D3xx: slow, and the first to break off when hurried. */
void
oh_snom_http_set_model (OhSnomHttp *self, const char *model)
{
  gboolean slow = model != NULL && g_ascii_strncasecmp (model, "snom3", strlen ("snom3")) == 0;

  oh_snom_queue_set_gap (self->queue, slow ? OH_SNOM_GAP_SLOW_US : OH_SNOM_GAP_US);
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
  return self->local;
}

GInetAddress *
oh_snom_http_get_remote (OhSnomHttp *self)
{
  return self->remote;
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
  return MAX (0, self->locked_until_us - oh_clock_now_us (self->clock));
}

static void
fail_current (OhSnomHttp *self, GError *error)
{
  g_autoptr (GTask) task = oh_snom_queue_take (self->queue);

  g_task_return_error (task, error);
  oh_snom_queue_pump (self->queue);
}

static void
succeed_current (OhSnomHttp *self, GBytes *body, OhSnomPage *page)
{
  g_autoptr (GTask) task = oh_snom_queue_take (self->queue);
  Reply *reply = g_new0 (Reply, 1);

  reply->body = body;
  reply->page = page;
  g_task_return_pointer (task, reply, reply_free);
  oh_snom_queue_pump (self->queue);
}

static GError *
locked_error (OhSnomHttp *self)
{
  return oh_snom_trouble_locked (self->host,
                                 oh_clock_wall_us (self->clock) + oh_snom_http_locked_us (self));
}

static GError *
enter_lockout (OhSnomHttp *self)
{
  guint doublings = MIN (self->lockouts, OH_SNOM_LOCKOUT_DOUBLINGS_MAX);

  self->lockouts++;
  self->locked_until_us = oh_clock_now_us (self->clock) + (OH_SNOM_LOCKOUT_US << doublings);
  return locked_error (self);
}

static gboolean
only_looks (const Job *job)
{
  return job->kind == OH_SNOM_READ || job->kind == OH_SNOM_SETTLE;
}

static void
on_challenge (OhSnomHttp *self, Job *job, const OhSnomExchange *exchange)
{
  const OhSnomChallenged challenged = {
    .header = exchange->challenge,
    .host = self->host,
    .secure = self->secure,
    .answered = job->answered,
    .optional = job->kind == OH_SNOM_READ_OPTIONAL,
    .now_us = oh_clock_now_us (self->clock),
  };
  GError *error = NULL;
  OhSnomLoginStep step = oh_snom_login_challenged (self->login, &challenged, &error);

  if (step == OH_SNOM_LOGIN_FAILED)
    {
      fail_current (self, error);
      return;
    }
  if (step == OH_SNOM_LOGIN_FRESH && job->kind == OH_SNOM_SETTLE)
    {
      succeed_current (self, g_bytes_new (NULL, 0), NULL);
      return;
    }
  if (job->kind == OH_SNOM_ONCE || job->renewed)
    {
      /* it was refused, so nothing was done; sending it again is the user's to decide */
      fail_current (self, oh_snom_trouble_login_again (self->host));
      return;
    }
  job->renewed = step == OH_SNOM_LOGIN_FRESH;
  oh_snom_queue_again (self->queue);
}

/* From http to https at the same host, the only place where a redirect is followed. */
static void
on_moved (OhSnomHttp *self, Job *job, const char *location)
{
  g_autoptr (GUri) uri =
    location != NULL ? g_uri_parse (location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (uri != NULL && !self->secure && !job->moved && job->kind != OH_SNOM_ONCE &&
      g_strcmp0 (g_uri_get_scheme (uri), "https") == 0 &&
      g_ascii_strcasecmp (g_uri_get_host (uri), self->host) == 0)
    {
      self->secure = TRUE;
      self->port = g_uri_get_port (uri) > 0 ? (guint16) g_uri_get_port (uri) : 0;
      job->moved = TRUE;
      oh_snom_queue_again (self->queue);
      return;
    }
  fail_current (self, oh_snom_trouble_moved (self->host));
}

static void
on_accepted (OhSnomHttp *self, Job *job, OhSnomExchange *exchange, OhSnomPage *page)
{
  oh_snom_login_accepted (self->login, job->answered, exchange->info,
                          oh_clock_now_us (self->clock));
  self->lockouts = 0;
  succeed_current (self, g_byte_array_free_to_bytes (g_byte_array_ref (exchange->body)), page);
}

static void
evaluate (OhSnomHttp *self, Job *job, OhSnomExchange *exchange)
{
  g_autoptr (OhSnomPage) page = oh_snom_page_parse (
    oh_slice ((const char *) exchange->body->data, exchange->body->len), exchange->server);

  g_debug ("[%s] %.*s: %u", self->host, (int) strcspn (job->target, "?"), job->target,
           exchange->status);
  switch (oh_snom_answer_judge (exchange->status, page->look, !only_looks (job)))
    {
    case OH_SNOM_ANSWER_ACCEPTED: on_accepted (self, job, exchange, g_steal_pointer (&page)); break;
    case OH_SNOM_ANSWER_LOGIN: on_challenge (self, job, exchange); break;
    case OH_SNOM_ANSWER_LOCKED_OUT: fail_current (self, enter_lockout (self)); break;
    case OH_SNOM_ANSWER_REFUSED: fail_current (self, oh_snom_trouble_refused (self->host)); break;
    case OH_SNOM_ANSWER_MOVED: on_moved (self, job, exchange->location); break;
    case OH_SNOM_ANSWER_FOREIGN: fail_current (self, oh_snom_trouble_foreign (self->host)); break;
    case OH_SNOM_ANSWER_BROKEN:
    default: fail_current (self, oh_snom_trouble_status (self->host, exchange->status));
    }
}

static GCancellable *
current_cancellable (OhSnomHttp *self)
{
  return g_task_get_cancellable (oh_snom_queue_current (self->queue));
}

static void
on_no_answer (OhSnomHttp *self, Job *job, OhSnomExchange *exchange)
{
  gboolean given_up = g_cancellable_is_cancelled (current_cancellable (self));

  if (exchange->refused)
    fail_current (self, g_steal_pointer (&exchange->error));
  else if (exchange->sent && !exchange->timed_out && !given_up && !job->repeated &&
           job->kind != OH_SNOM_ONCE)
    {
      job->repeated = TRUE; /* an empty answer to a harmless page happens; once more, then enough */
      soup_session_abort (self->session);
      oh_snom_queue_again (self->queue);
    }
  else
    fail_current (self,
                  oh_snom_trouble_no_answer (self->host, job->kind == OH_SNOM_ONCE, exchange));
}

static void
on_exchanged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSnomHttp) self = user_data;
  g_autoptr (OhSnomExchange) exchange = oh_snom_exchange_finish (result);
  Job *job = g_task_get_task_data (oh_snom_queue_current (self->queue));

  oh_snom_queue_rest (self->queue);
  if (exchange->local != NULL)
    g_set_object (&self->local, exchange->local);
  if (exchange->remote != NULL)
    g_set_object (&self->remote, exchange->remote);
  /* of a command the status line says it all, even when the page behind it breaks off */
  if (exchange->status == 0 || (exchange->error != NULL && job->kind != OH_SNOM_ONCE))
    on_no_answer (self, job, exchange);
  else
    evaluate (self, job, exchange);
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

static GUri *
new_uri (OhSnomHttp *self, const char *target, GError **error)
{
  gboolean v6 = strchr (self->host, ':') != NULL;
  guint port = self->port != 0 ? self->port : (self->secure ? HTTPS_PORT : HTTP_PORT);
  g_autofree char *text = g_strdup_printf ("%s://%s%s%s:%u%s", self->secure ? "https" : "http",
                                           v6 ? "[" : "", self->host, v6 ? "]" : "", port, target);
  GUri *uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("“%s” is no host name."), self->host);
  return uri;
}

/* What stands in the way before anything is sent. */
static GError *
obstacle (OhSnomHttp *self)
{
  GError *error = NULL;

  if (oh_snom_http_locked_us (self) > 0)
    return locked_error (self);
  if (!self->secure && oh_phone_tls_get_mode (self->tls) != OH_PHONE_TRUST_NONE)
    return oh_snom_trouble_plain (self->host);
  oh_snom_login_may_try (self->login, self->host, &error);
  return error;
}

static void
send_task (OhSnomHttp *self, GTask *task)
{
  Job *job = g_task_get_task_data (task);
  GError *error = obstacle (self);
  g_autoptr (GUri) uri = error == NULL ? new_uri (self, job->target, &error) : NULL;
  g_autofree char *answer = NULL;

  if (uri == NULL)
    {
      fail_current (self, error);
      return;
    }
  answer = oh_snom_login_answer (self->login, job->target);
  job->answered = answer != NULL;
  oh_snom_exchange_async (self->session,
                          &(OhSnomRequestLine){ .uri = uri,
                                                .authorization = answer,
                                                .alone = job->kind == OH_SNOM_ONCE,
                                                .judge = judge_certificate,
                                                .user_data = self },
                          self->clock, g_task_get_cancellable (task), on_exchanged,
                          g_object_ref (self));
}

/* TRUE when the job needs no request after all. */
static gboolean
is_settled (OhSnomHttp *self, const Job *job)
{
  return job->kind == OH_SNOM_SETTLE &&
         oh_snom_login_is_settled (self->login, oh_clock_now_us (self->clock));
}

static void
start_task (GTask *task, gpointer user_data)
{
  OhSnomHttp *self = user_data;

  if (is_settled (self, g_task_get_task_data (task)))
    succeed_current (self, g_bytes_new (NULL, 0), NULL);
  else
    send_task (self, task);
}

void
oh_snom_http_get_async (OhSnomHttp *self, OhSnomRequestKind kind, const char *target,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->target = g_strdup (target);
  g_task_set_source_tag (task, oh_snom_http_get_async);
  g_task_set_task_data (task, job, job_free);
  g_task_set_check_cancellable (task, FALSE); /* what has left is told as what it is */
  oh_snom_queue_push (self->queue, task);
}

GBytes *
oh_snom_http_get_finish (OhSnomHttp *self, GAsyncResult *result, OhSnomPage **out_page,
                         GError **error)
{
  Reply *reply = g_task_propagate_pointer (G_TASK (result), error);
  GBytes *body;

  if (reply == NULL)
    return NULL;
  body = g_bytes_ref (reply->body);
  if (out_page != NULL)
    *out_page = g_steal_pointer (&reply->page);
  reply_free (reply);
  return body;
}
