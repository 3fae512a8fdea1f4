/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-display.h"

#include "error.h"
#include "phone-tls.h"
#include "snom-exchange.h"
#include "snom-http.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <openssl/rand.h>
#include <string.h>

#define INFO_PAGE "/info.htm"
/* 128 bits: nobody on the network guesses where the page is. */
#define TOKEN_OCTETS 16

struct _OhSnomDisplay
{
  GObject parent_instance;

  OhClock *clock;
  OhSnomHttp *http;
  SoupServer *server; /* (owned) (nullable): while a page is shown */
  char *path;         /* (owned) (nullable): of the page */
  char *page;         /* (owned) (nullable) */
  char *fingerprint;  /* (owned) (nullable): the first one shown: the only one accepted */
  char *mac;          /* (owned) (nullable) */
  char *model;        /* (owned) (nullable) */
  GTask *task;        /* (unowned) (nullable): waits for the page to be fetched */
  guint alarm;
};

G_DEFINE_FINAL_TYPE (OhSnomDisplay, oh_snom_display, G_TYPE_OBJECT)

/* --- the page ------------------------------------------------------------------------------- */

static char *
make_page (const char *title, const char *text, guint seconds)
{
  return g_markup_printf_escaped ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                  "<SnomIPPhoneText document_id=\"offhook\">"
                                  "<Title>%s</Title><Text>%s</Text>"
                                  "<fetch mil=\"%u\">phone://mb_exit</fetch>"
                                  "</SnomIPPhoneText>\n",
                                  title, text, seconds * 1000);
}

/* Returns: (transfer full) (nullable): NULL where the computer has no random numbers */
static char *
make_path (void)
{
  guchar octets[TOKEN_OCTETS];
  GString *path;

  if (RAND_bytes (octets, sizeof octets) != 1)
    return NULL;
  path = g_string_new ("/p/");
  for (gsize i = 0; i < sizeof octets; i++)
    g_string_append_printf (path, "%02x", octets[i]);
  return g_string_free (path, FALSE);
}

/* @error: (transfer full) (nullable) */
static void
end (OhSnomDisplay *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  oh_clock_clear_alarm (self->clock, &self->alarm);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
comes_from_phone (OhSnomDisplay *self, SoupServerMessage *message)
{
  GSocketAddress *peer = soup_server_message_get_remote_address (message);
  GInetAddress *phone = oh_snom_http_get_remote (self->http);

  return G_IS_INET_SOCKET_ADDRESS (peer) && phone != NULL &&
         g_inet_address_equal (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer)),
                               phone);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  g_autoptr (OhSnomDisplay) self = g_object_ref (user_data);

  if (g_strcmp0 (path, self->path) != 0 || !comes_from_phone (self, message) ||
      strcmp (soup_server_message_get_method (message), "GET") != 0)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/xml", SOUP_MEMORY_COPY, self->page,
                                    strlen (self->page));
  end (self, NULL);
}

/* Returns: (transfer full) (nullable): where the phone finds the page */
static char *
open_server (OhSnomDisplay *self, GError **error)
{
  GInetAddress *local = oh_snom_http_get_local (self->http);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoslist (GUri) uris = NULL;

  g_clear_object (&self->server);
  if (local == NULL || self->path == NULL)
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_FAILED,
                           _ ("The phone's page cannot be served"));
      return NULL;
    }
  address = g_inet_socket_address_new (local, 0);
  self->server = soup_server_new ("server-header", "", NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (!soup_server_listen (self->server, address, 0, error))
    {
      oh_error_adopt (error, _ ("The phone's page cannot be served"));
      return NULL;
    }
  uris = soup_server_get_uris (self->server);
  return g_strdup_printf (g_inet_address_get_family (local) == G_SOCKET_FAMILY_IPV6
                            ? "http://[%s]:%d%s"
                            : "http://%s:%d%s",
                          g_uri_get_host (uris->data), g_uri_get_port (uris->data), self->path);
}

/* --- the way there -------------------------------------------------------------------------- */

static gboolean
on_not_fetched (gpointer user_data)
{
  OhSnomDisplay *self = user_data;

  self->alarm = 0;
  end (self, g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                          _ ("The phone at %s did not fetch what it was to show; a firewall may be "
                             "between you, or its setting “use_hidden_tags” is on."),
                          oh_snom_http_get_host_name (self->http)));
  return G_SOURCE_REMOVE;
}

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSnomDisplay) self = user_data;
  g_autoptr (OhSnomPage) page = NULL;
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, &page, &error);

  /* Some firmware answers late, or not at all, and has fetched the page meanwhile. */
  if (body == NULL && !g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE))
    end (self, g_steal_pointer (&error));
  g_clear_error (&error);
}

static void
tell_phone (OhSnomDisplay *self, const char *url)
{
  g_autofree char *escaped = g_uri_escape_string (url, NULL, FALSE);
  g_autofree char *target = g_strconcat (OH_SNOM_MINIBROWSER_PAGE "?url=", escaped, NULL);

  self->alarm = oh_clock_add_alarm_in (self->clock, OH_SNOM_DISPLAY_FETCH_US, on_not_fetched, self);
  oh_snom_http_get_async (self->http, OH_SNOM_WRITE, target, g_task_get_cancellable (self->task),
                          on_told, g_object_ref (self));
}

/* The oldest models have a display of two lines and no minibrowser. */
static gboolean
has_minibrowser (const char *model)
{
  static const char *const without[] = { "snom100", "snom105", "snom190", "snom200", "snom220" };

  for (gsize i = 0; model != NULL && i < G_N_ELEMENTS (without); i++)
    if (g_ascii_strcasecmp (model, without[i]) == 0)
      return FALSE;
  return TRUE;
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSnomDisplay) self = user_data;
  g_autoptr (OhSnomPage) page = NULL;
  g_autofree char *url = NULL;
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, &page, &error);

  if (body != NULL && (page->look != OH_SNOM_LOOK_CLASSIC || !has_minibrowser (page->model)))
    error = g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED,
                         _ ("What answers at %s has no display that we could use."),
                         oh_snom_http_get_host_name (self->http));
  if (body != NULL)
    {
      g_free (self->mac);
      self->mac = g_strdup (page->mac);
      g_free (self->model);
      self->model = g_strdup (page->model);
    }
  if (error == NULL)
    url = open_server (self, &error);
  if (error != NULL)
    end (self, error);
  else if (self->task != NULL)
    tell_phone (self, url);
}

void
oh_snom_display_show_async (OhSnomDisplay *self, const char *user, const char *password,
                            const char *title, const char *text, guint seconds,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (self->task == NULL && strlen (text) <= OH_SNOM_DISPLAY_TEXT_MAX);
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, oh_snom_display_show_async);
  g_free (self->path);
  self->path = make_path ();
  g_free (self->page);
  self->page = make_page (title, text, seconds);
  if (user != NULL && password != NULL)
    oh_snom_http_set_login (self->http, OH_PHONE_LEVEL_USER, user, password);
  oh_snom_http_get_async (self->http, OH_SNOM_READ, INFO_PAGE, cancellable, on_info,
                          g_object_ref (self));
}

gboolean
oh_snom_display_show_finish (OhSnomDisplay *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- what it is ----------------------------------------------------------------------------- */

static void
on_certificate (OhSnomHttp *http, const char *fingerprint, guint verdict, OhSnomDisplay *self)
{
  if (verdict == OH_PHONE_VERDICT_FIRST)
    {
      g_free (self->fingerprint);
      self->fingerprint = g_strdup (fingerprint);
    }
}

const char *
oh_snom_display_get_fingerprint (OhSnomDisplay *self)
{
  return self->fingerprint;
}

const char *
oh_snom_display_get_mac (OhSnomDisplay *self)
{
  return self->mac;
}

const char *
oh_snom_display_get_model (OhSnomDisplay *self)
{
  return self->model;
}

static void
oh_snom_display_dispose (GObject *object)
{
  OhSnomDisplay *self = OH_SNOM_DISPLAY (object);

  oh_clock_clear_alarm (self->clock, &self->alarm);
  if (self->http != NULL)
    g_signal_handlers_disconnect_by_data (self->http, self);
  g_clear_object (&self->server);
  g_clear_object (&self->http);
  G_OBJECT_CLASS (oh_snom_display_parent_class)->dispose (object);
}

static void
oh_snom_display_finalize (GObject *object)
{
  OhSnomDisplay *self = OH_SNOM_DISPLAY (object);

  g_object_unref (self->clock);
  g_free (self->path);
  g_free (self->page);
  g_free (self->fingerprint);
  g_free (self->mac);
  g_free (self->model);
  G_OBJECT_CLASS (oh_snom_display_parent_class)->finalize (object);
}

static void
oh_snom_display_class_init (OhSnomDisplayClass *class)
{
  G_OBJECT_CLASS (class)->dispose = oh_snom_display_dispose;
  G_OBJECT_CLASS (class)->finalize = oh_snom_display_finalize;
}

static void
oh_snom_display_init (OhSnomDisplay *self)
{
}

OhSnomDisplay *
oh_snom_display_new (const char *host, OhClock *clock)
{
  OhSnomDisplay *self = g_object_new (OH_TYPE_SNOM_DISPLAY, NULL);

  self->clock = g_object_ref (clock);
  self->http = oh_snom_http_new (host, "https", clock); /* "first-use" without a pin */
  g_signal_connect (self->http, "certificate", G_CALLBACK (on_certificate), self);
  return self;
}
