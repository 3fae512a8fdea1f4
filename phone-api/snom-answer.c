/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-http-private.h"
#include "snom-settings.h"
#include "snom-trouble.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORBIDDEN 403

typedef struct
{
  GBytes *body;
  OhSnomPage *page;
} Reply;

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_bytes_unref (reply->body);
  oh_snom_page_free (reply->page);
  g_free (reply);
}

void
oh_snom_answer_fail (OhSnomHttp *self, GError *error)
{
  g_autoptr (GTask) task = oh_snom_queue_take (self->queue);

  g_task_return_error (task, error);
  oh_snom_queue_pump (self->queue);
}

void
oh_snom_answer_succeed (OhSnomHttp *self, GBytes *body, OhSnomPage *page)
{
  g_autoptr (GTask) task = oh_snom_queue_take (self->queue);
  Reply *reply = g_new0 (Reply, 1);

  reply->body = body;
  reply->page = page;
  g_task_return_pointer (task, reply, reply_free);
  oh_snom_queue_pump (self->queue);
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

GError *
oh_snom_answer_locked (OhSnomHttp *self)
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
  return oh_snom_answer_locked (self);
}

static void
on_challenge (OhSnomHttp *self, OhSnomJob *job, const OhSnomExchange *exchange)
{
  const OhSnomChallenged challenged = {
    .header = exchange->challenge,
    .host = self->host,
    .secure = self->secure,
    .answered = job->answered,
    .settings = oh_snom_job_is_settings (job),
    .now_us = oh_clock_now_us (self->clock),
  };
  GError *error = NULL;
  OhSnomLoginStep step = oh_snom_login_challenged (self->login, &challenged, &error);

  if (step == OH_SNOM_LOGIN_FAILED)
    {
      oh_snom_answer_fail (self, error);
      return;
    }
  if (step == OH_SNOM_LOGIN_FRESH && (job->kind == OH_SNOM_SETTLE || job->kind == OH_SNOM_REFRESH))
    {
      oh_snom_answer_succeed (self, g_bytes_new (NULL, 0), NULL);
      return;
    }
  if (job->kind == OH_SNOM_ONCE || job->renewed)
    {
      /* it was refused, so nothing was done; sending it again is the user's to decide */
      oh_snom_answer_fail (self, oh_snom_trouble_login_again (self->host));
      return;
    }
  job->renewed = step == OH_SNOM_LOGIN_FRESH;
  oh_snom_queue_again (self->queue);
}

/* From http to https at the same host, the only place where a redirect is followed. */
static void
on_moved (OhSnomHttp *self, OhSnomJob *job, const char *location)
{
  g_autoptr (GUri) uri =
    location != NULL ? g_uri_parse (location, G_URI_FLAGS_ENCODED, NULL) : NULL;

  if (uri != NULL && !self->secure && !job->moved && job->kind != OH_SNOM_ONCE &&
      g_uri_get_userinfo (uri) == NULL && g_strcmp0 (g_uri_get_scheme (uri), "https") == 0 &&
      g_uri_get_host (uri) != NULL && g_ascii_strcasecmp (g_uri_get_host (uri), self->host) == 0)
    {
      self->secure = TRUE;
      self->port = g_uri_get_port (uri) > 0 ? (guint16) g_uri_get_port (uri) : 0;
      job->moved = TRUE;
      oh_snom_queue_again (self->queue);
      return;
    }
  oh_snom_answer_fail (self, oh_snom_trouble_moved (self->host));
}

/* Out of administrator mode the user sees but a few of the settings, and writes none. */
static gboolean
shows_too_little (const OhSnomExchange *exchange)
{
  g_autoptr (GHashTable) settings =
    oh_snom_settings_parse (oh_slice ((const char *) exchange->body->data, exchange->body->len));
  const char *admin = g_hash_table_lookup (settings, "admin_mode");

  return admin == NULL || g_ascii_strcasecmp (admin, "off") == 0;
}

static void
on_accepted (OhSnomHttp *self, OhSnomJob *job, OhSnomExchange *exchange, OhSnomPage *page)
{
  oh_snom_login_accepted (self->login, job->answered, exchange->info,
                          oh_clock_now_us (self->clock));
  self->lockouts = 0;
  if (job->kind == OH_SNOM_READ_OPTIONAL && job->answered &&
      oh_snom_login_level (self->login) == OH_PHONE_LEVEL_USER && shows_too_little (exchange) &&
      oh_snom_login_raise (self->login))
    {
      oh_snom_page_free (page);
      oh_snom_queue_again (self->queue);
      return;
    }
  oh_snom_answer_succeed (self, g_byte_array_free_to_bytes (g_byte_array_ref (exchange->body)),
                          page);
}

static OhSnomFacts
facts_of (OhSnomHttp *self, const OhSnomJob *job, const OhSnomExchange *exchange,
          const OhSnomPage *page)
{
  GCancellable *cancellable = g_task_get_cancellable (oh_snom_queue_current (self->queue));

  return (OhSnomFacts){
    .kind = job->kind,
    .status = exchange->status,
    .look = self->dialect->locks_out ? page->look : OH_SNOM_LOOK_OTHER,
    .broken = exchange->error != NULL,
    .too_large = g_error_matches (exchange->error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE),
    .sent = exchange->sent,
    .distrusted = exchange->refused,
    .timed_out = exchange->timed_out,
    .cancelled = g_cancellable_is_cancelled (cancellable),
    .repeated = job->repeated,
  };
}

static void
on_silence (OhSnomHttp *self, OhSnomJob *job, OhSnomExchange *exchange)
{
  gboolean once = job->kind == OH_SNOM_ONCE;

  oh_snom_answer_fail (self, oh_snom_trouble_no_answer (self->host, once, exchange));
}

/* A phone has one error page for a command that its settings forbid and for everybody while it is
   locked: which of them it was, a harmless page shows. What was refused is not sent again. */
static void
doubt (OhSnomHttp *self, OhSnomJob *job)
{
  job->doubted = TRUE;
  job->kind = OH_SNOM_READ;
  g_free (job->target);
  job->target = g_strdup (OH_SNOM_HARMLESS_PAGE);
  g_clear_pointer (&job->form, g_free);
  oh_snom_queue_again (self->queue);
}

static void
on_refused (OhSnomHttp *self, OhSnomJob *job, const OhSnomExchange *exchange)
{
  if (self->dialect->locks_out && job->kind == OH_SNOM_ONCE && exchange->status == FORBIDDEN)
    doubt (self, job);
  else
    oh_snom_answer_fail (self, self->dialect->refused (self->host));
}

/* What the harmless page says of the command before it. */
static OhSnomStep
resolve_doubt (OhSnomStep step)
{
  if (step == OH_SNOM_STEP_WAIT || step == OH_SNOM_STEP_LOGIN || step == OH_SNOM_STEP_AGAIN)
    return step;
  return OH_SNOM_STEP_REFUSED;
}

static void
follow (OhSnomHttp *self, OhSnomStep step, OhSnomExchange *exchange, OhSnomPage **page)
{
  OhSnomJob *job = g_task_get_task_data (oh_snom_queue_current (self->queue));

  switch (job->doubted ? resolve_doubt (step) : step)
    {
    case OH_SNOM_STEP_TAKE: on_accepted (self, job, exchange, g_steal_pointer (page)); break;
    case OH_SNOM_STEP_LOGIN: on_challenge (self, job, exchange); break;
    case OH_SNOM_STEP_WAIT:
      oh_snom_answer_fail (self, self->dialect->locks_out ? enter_lockout (self)
                                                          : self->dialect->refused (self->host));
      break;
    case OH_SNOM_STEP_REFUSED: on_refused (self, job, exchange); break;
    case OH_SNOM_STEP_MOVED: on_moved (self, job, exchange->location); break;
    case OH_SNOM_STEP_FOREIGN:
      oh_snom_answer_fail (self, oh_snom_trouble_foreign (self->host));
      break;
    case OH_SNOM_STEP_AGAIN:
      job->repeated = TRUE; /* an empty answer to a harmless page happens; then enough */
      oh_snom_queue_again (self->queue);
      break;
    case OH_SNOM_STEP_DISTRUST:
      oh_snom_answer_fail (self, g_steal_pointer (&exchange->error));
      break;
    case OH_SNOM_STEP_CANCELLED:
      oh_snom_answer_fail (self, oh_snom_trouble_cancelled (self->host));
      break;
    case OH_SNOM_STEP_UNREACHED:
    case OH_SNOM_STEP_UNKNOWN:
    case OH_SNOM_STEP_SILENT: on_silence (self, job, exchange); break;
    case OH_SNOM_STEP_ODD:
    default: oh_snom_answer_fail (self, oh_snom_trouble_status (self->host, exchange->status));
    }
}

void
oh_snom_answer_take (OhSnomHttp *self, OhSnomExchange *owned)
{
  g_autoptr (OhSnomExchange) exchange = owned;
  const OhSnomJob *job = g_task_get_task_data (oh_snom_queue_current (self->queue));
  OhSlice body = oh_slice ((const char *) exchange->body->data, exchange->body->len);
  g_autoptr (OhSnomPage) page = oh_snom_page_parse (body, exchange->server);
  OhSnomFacts facts = facts_of (self, job, exchange, page);
  const OhPhoneAnswer answer = { exchange->server, exchange->challenge, exchange->location, body };
  OhPhoneKind kind = oh_phone_kind_of (&answer);

  if (kind != OH_PHONE_KIND_UNKNOWN)
    self->kind = kind;
  g_debug ("[%s] %.*s: %u", self->host, (int) strcspn (job->target, "?"), job->target,
           exchange->status);
  if (exchange->status != 0 && !self->dialect->speaks (kind))
    oh_snom_answer_fail (self, oh_phone_dialect_mismatch (kind, self->host));
  else
    follow (self, oh_snom_step (&facts), exchange, &page);
}
