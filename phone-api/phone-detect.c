/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-detect.h"
#include "phone-tls.h"
#include "snom-exchange.h"
#include "snom-page.h"
#include "snom-trouble.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"

/* What a snom tells about itself on, and every other maker answers with its own 404 or login. */
#define PAGE "/info.htm"
#define HTTPS_PORT 443
#define HTTP_PORT 80

typedef struct
{
  OhClock *clock;
  OhSnomLine *line;
  char *host;
  guint16 port; /* 0: the scheme's own */
  gboolean secure;
  gboolean may_fall_back; /* to http */
  gboolean moved;
  char *fingerprint;
} Detection;

static void ask (GTask *owned);

void
oh_phone_detected_free (OhPhoneDetected *self)
{
  if (self == NULL)
    return;
  g_free (self->model);
  g_free (self->firmware);
  g_free (self->mac);
  g_free (self->fingerprint);
  g_free (self);
}

static void
detection_free (gpointer data)
{
  Detection *detection = data;

  g_object_unref (detection->clock);
  g_object_unref (detection->line);
  g_free (detection->host);
  g_free (detection->fingerprint);
  g_free (detection);
}

static guint16
port_of (const Detection *detection)
{
  if (detection->port != 0)
    return detection->port;
  return detection->secure ? HTTPS_PORT : HTTP_PORT;
}

/* Nothing secret is sent, so every certificate will do; which one it was is told. */
static gboolean
keep_certificate (GTlsCertificate *certificate, gpointer user_data, GError **error)
{
  Detection *detection = user_data;

  g_free (detection->fingerprint);
  detection->fingerprint = oh_phone_fingerprint_of (certificate);
  return TRUE;
}

static OhPhoneDetected *
describe (Detection *detection, const OhSnomExchange *exchange)
{
  OhPhoneDetected *found = g_new0 (OhPhoneDetected, 1);
  OhSlice body = oh_slice ((const char *) exchange->body->data, exchange->body->len);
  g_autoptr (OhSnomPage) page = oh_snom_page_parse (body, exchange->server);
  const OhPhoneAnswer answer = { exchange->server, exchange->challenge, exchange->location, body };
  OhPhoneKind by_model = oh_phone_kind_of_model (page->model);

  found->kind = oh_phone_kind_of (&answer);
  if (found->kind == OH_PHONE_KIND_UNKNOWN && page->look != OH_SNOM_LOOK_OTHER)
    found->kind = OH_PHONE_KIND_SNOM;
  if (found->kind == OH_PHONE_KIND_SNOM && by_model != OH_PHONE_KIND_UNKNOWN)
    found->kind = by_model; /* the model knows better than the look */
  found->scheme = detection->secure ? "https" : "http";
  found->port = port_of (detection);
  found->needs_login = exchange->status == 401;
  found->model = g_steal_pointer (&page->model);
  found->firmware = g_steal_pointer (&page->firmware);
  found->mac = g_steal_pointer (&page->mac);
  found->fingerprint = g_steal_pointer (&detection->fingerprint);
  return found;
}

/* From http to https at the same host: there is where it is what it is. */
static gboolean
follows (Detection *detection, const OhSnomExchange *exchange)
{
  g_autoptr (GUri) uri =
    exchange->location != NULL ? g_uri_parse (exchange->location, G_URI_FLAGS_ENCODED, NULL) : NULL;

  if (uri == NULL || detection->secure || detection->moved || g_uri_get_host (uri) == NULL ||
      g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 ||
      g_ascii_strcasecmp (g_uri_get_host (uri), detection->host) != 0)
    return FALSE;
  detection->moved = TRUE;
  detection->secure = TRUE;
  detection->port = g_uri_get_port (uri) > 0 ? (guint16) g_uri_get_port (uri) : 0;
  return TRUE;
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Detection *detection = g_task_get_task_data (task);
  g_autoptr (OhSnomExchange) exchange = oh_snom_exchange_finish (result);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (exchange->status == 0 && !exchange->sent && detection->may_fall_back && detection->secure)
    {
      detection->may_fall_back = FALSE;
      detection->secure = FALSE;
      ask (g_steal_pointer (&task));
    }
  else if (exchange->status == 0)
    g_task_return_error (task, oh_snom_trouble_no_answer (detection->host, FALSE, exchange));
  else if (follows (detection, exchange))
    ask (g_steal_pointer (&task));
  else
    g_task_return_pointer (task, describe (detection, exchange),
                           (GDestroyNotify) oh_phone_detected_free);
}

static void
ask (GTask *owned)
{
  Detection *detection = g_task_get_task_data (owned);
  const OhSnomRequestLine request = {
    .place = { .host = detection->host,
               .port = port_of (detection),
               .secure = detection->secure,
               .judge = keep_certificate,
               .user_data = detection },
    .method = "GET",
    .target = PAGE,
  };

  oh_snom_exchange_async (detection->line, &request, detection->clock,
                          g_task_get_cancellable (owned), on_answer, owned);
}

void
oh_phone_detect_async (const char *host, const char *scheme, OhClock *clock,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSocketConnectable) address = g_network_address_parse (host, 0, NULL);
  Detection *detection = g_new0 (Detection, 1);

  g_task_set_source_tag (task, oh_phone_detect_async);
  g_task_set_task_data (task, detection, detection_free);
  detection->clock = g_object_ref (clock);
  detection->line = oh_snom_line_new (clock);
  detection->secure = g_strcmp0 (scheme, "http") != 0;
  if (address == NULL || *host == '\0')
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_USAGE, _ ("“%s” is no host name."), host);
      return;
    }
  detection->host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)));
  detection->port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
  detection->may_fall_back = scheme == NULL && detection->port == 0;
  ask (g_steal_pointer (&task));
}

OhPhoneDetected *
oh_phone_detect_finish (GAsyncResult *result, GError **error)
{
  GError *own = NULL;
  OhPhoneDetected *found = g_task_propagate_pointer (G_TASK (result), &own);

  if (g_error_matches (own, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&own);
      own = g_error_new_literal (OH_ERROR, OH_ERROR_CANCELLED, _ ("Cancelled."));
    }
  if (own != NULL)
    g_propagate_error (error, own);
  return found;
}
