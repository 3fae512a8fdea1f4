/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "agent-request.h"

#include "bus-connection.h"
#include "bus-secret.h"
#include "error.h"
#include "secret-text.h"

#include <glib/gi18n-lib.h>

/* The agent waits for servers and phones itself, and answers with what it knows by then. */
#define ANSWER_TIMEOUT_MS (60 * 1000)

/* A proxy that is made for one call needs neither values nor signals. */
#define PROXY_FLAGS                                                                                \
  (G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES | G_DBUS_PROXY_FLAGS_DO_NOT_CONNECT_SIGNALS |         \
   G_DBUS_PROXY_FLAGS_DO_NOT_AUTO_START_AT_CONSTRUCTION)

typedef struct
{
  void (*send) (GTask *task, gpointer proxy); /* once the proxy is there */
  OhAgentVerb verb;
  char *text;   /* (owned) (nullable): argument of a verb, or number */
  char *source; /* (owned) (nullable) */
  char *phone;  /* (owned) (nullable) */
  char *secret; /* (owned) (nullable): wiped when the request goes */
  gboolean confirmed;
  gboolean is_private;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_free (self->text);
  g_free (self->source);
  g_free (self->phone);
  oh_secret_free (self->secret);
  g_free (self);
}

/* What the bus says when nobody can be started is no text for users. Takes @error. */
static void
return_error (GTask *task, GError *error)
{
  g_autoptr (GError) owned = error;

  oh_error_strip_remote (&owned);
  if (owned->domain == G_DBUS_ERROR)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_FAILED,
                             _ ("The Offhook service does not answer (%s). Install the package "
                                "again, or run offhook-agent in a terminal to see why."),
                             owned->message);
  else
    g_task_return_error (task, g_steal_pointer (&owned));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) answer = NULL;
  GError *error = NULL;

  answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  if (answer == NULL)
    return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* The presence stays as it is. */
static GVariant *
note_parameters (const char *note)
{
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "note", g_variant_new_string (note));
  return g_variant_new ("(sa{sv})", "", &options);
}

static void
send_verb (GTask *task, gpointer proxy)
{
  static const char *const methods[] = {
    [OH_AGENT_SIGN_IN] = "SignIn",
    [OH_AGENT_SIGN_OUT] = "SignOut",
    [OH_AGENT_SET_PRESENCE] = "SetPresence",
    [OH_AGENT_SET_NOTE] = "SetPresence",
    [OH_AGENT_ANSWER] = "Answer",
    [OH_AGENT_REJECT] = "Reject",
    [OH_AGENT_HANG_UP] = "HangUp",
    [OH_AGENT_HOLD] = "Hold",
    [OH_AGENT_RESUME] = "Resume",
  };
  Request *request = g_task_get_task_data (task);
  GVariant *parameters = NULL;

  if (request->verb == OH_AGENT_SET_PRESENCE)
    parameters = g_variant_new ("(s@a{sv})", request->text,
                                g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
  if (request->verb == OH_AGENT_SET_NOTE)
    parameters = note_parameters (request->text);
  g_dbus_proxy_call (proxy, methods[request->verb], parameters, G_DBUS_CALL_FLAGS_NONE,
                     ANSWER_TIMEOUT_MS, g_task_get_cancellable (task), on_done,
                     g_object_ref (task));
}

static void
on_parsed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) dict = NULL;
  GError *error = NULL;

  if (!oh_bus_agent1_call_parse_number_finish (OH_BUS_AGENT1 (source), &dict, result, &error))
    return_error (task, error);
  else
    g_task_return_pointer (task, oh_parsed_number_new (dict),
                           (GDestroyNotify) oh_parsed_number_free);
}

static void
send_parse (GTask *task, gpointer proxy)
{
  Request *request = g_task_get_task_data (task);

  oh_bus_agent1_call_parse_number (proxy, request->text, request->source,
                                   g_task_get_cancellable (task), on_parsed, g_object_ref (task));
}

static void
send_dial (GTask *task, gpointer proxy)
{
  Request *request = g_task_get_task_data (task);
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "confirmed", g_variant_new_boolean (request->confirmed));
  if (request->is_private)
    g_variant_builder_add (&options, "{sv}", "private", g_variant_new_boolean (TRUE));
  if (request->phone != NULL)
    g_variant_builder_add (&options, "{sv}", "phone", g_variant_new_string (request->phone));
  g_dbus_proxy_call (proxy, "Dial",
                     g_variant_new ("(ssa{sv})", request->text, request->source, &options),
                     G_DBUS_CALL_FLAGS_NONE, ANSWER_TIMEOUT_MS, g_task_get_cancellable (task),
                     on_done, g_object_ref (task));
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (oh_bus_store_secret_finish (OH_BUS_AGENT1 (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    return_error (task, error);
}

static void
send_secret (GTask *task, gpointer proxy)
{
  Request *request = g_task_get_task_data (task);

  oh_bus_store_secret_async (proxy, request->source, request->text, request->secret,
                             g_task_get_cancellable (task), on_stored, g_object_ref (task));
}

static void
on_phone_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  char *id = NULL;
  GError *error = NULL;

  if (oh_bus_agent1_call_add_phone_finish (OH_BUS_AGENT1 (source), &id, result, &error))
    g_task_return_pointer (task, id, g_free);
  else
    return_error (task, error);
}

static void
send_phone (GTask *task, gpointer proxy)
{
  Request *request = g_task_get_task_data (task);

  oh_bus_agent1_call_add_phone (proxy, request->text, g_task_get_cancellable (task), on_phone_added,
                                g_object_ref (task));
}

static void
send_trust (GTask *task, gpointer proxy)
{
  Request *request = g_task_get_task_data (task);

  g_dbus_proxy_call (proxy, "TrustCertificate", g_variant_new ("(s)", request->text),
                     G_DBUS_CALL_FLAGS_NONE, ANSWER_TIMEOUT_MS, g_task_get_cancellable (task),
                     on_done, g_object_ref (task));
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GObject) initable = g_async_result_get_source_object (result);
  g_autoptr (GObject) proxy = NULL;
  GError *error = NULL;

  proxy = g_async_initable_new_finish (G_ASYNC_INITABLE (initable), result, &error);
  if (proxy == NULL)
    return_error (task, error);
  else
    request->send (task, proxy);
}

/* Where the object stands that a request is for. */
static char *
object_path (const Request *request)
{
  if (request->send == send_trust)
    return g_strdup_printf ("%s/%s", OH_BUS_PHONES, request->phone);
  if (request->send == send_verb && request->verb >= OH_AGENT_ANSWER)
    return g_strdup_printf ("%s/%s", OH_BUS_CALLS, request->text);
  return g_strdup (OH_BUS_PATH);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  connection = oh_bus_connect_finish (result, &error);
  if (connection == NULL)
    {
      return_error (task, error);
      return;
    }
  path = object_path (request);
  if (!g_variant_is_object_path (path))
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_NO_CALL, _ ("There is no such call."));
  else if (g_str_has_prefix (path, OH_BUS_CALLS))
    oh_bus_call1_proxy_new (connection, PROXY_FLAGS, OH_BUS_NAME, path, cancellable, on_proxy,
                            g_steal_pointer (&task));
  else if (g_str_has_prefix (path, OH_BUS_PHONES))
    oh_bus_phone1_proxy_new (connection, PROXY_FLAGS, OH_BUS_NAME, path, cancellable, on_proxy,
                             g_steal_pointer (&task));
  else
    oh_bus_agent1_proxy_new (connection, PROXY_FLAGS, OH_BUS_NAME, path, cancellable, on_proxy,
                             g_steal_pointer (&task));
}

/* Takes @request and @task. */
static void
start (GTask *task, Request *request)
{
  (void) OH_ERROR; /* GDBus knows only names that were registered before the answer comes */
  g_task_set_task_data (task, request, request_free);
  oh_bus_connect_async (g_task_get_cancellable (task), on_connected, task);
}

void
oh_agent_request_async (OhAgentVerb verb, const char *argument, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_agent_request_async);
  request->send = send_verb;
  request->verb = verb;
  request->text = g_strdup (argument);
  start (task, request);
}

gboolean
oh_agent_request_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
oh_agent_request_parse_async (const char *text, const char *source, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_agent_request_parse_async);
  request->send = send_parse;
  request->text = g_strdup (text);
  request->source = g_strdup (source);
  start (task, request);
}

OhParsedNumber *
oh_agent_request_parse_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
oh_agent_request_dial_async (const char *text, const char *source, const char *phone,
                             gboolean confirmed, gboolean is_private, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_agent_request_dial_async);
  request->send = send_dial;
  request->text = g_strdup (text);
  request->source = g_strdup (source);
  request->phone = g_strdup (phone);
  request->confirmed = confirmed;
  request->is_private = is_private;
  start (task, request);
}

gboolean
oh_agent_request_dial_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
oh_agent_request_store_password_async (const char *kind, const char *id, const char *password,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_agent_request_store_password_async);
  request->send = send_secret;
  request->source = g_strdup (kind);
  request->text = g_strdup (id);
  request->secret = oh_secret_dup (password);
  start (task, request);
}

gboolean
oh_agent_request_store_password_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
oh_agent_request_add_phone_async (const char *host, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_agent_request_add_phone_async);
  request->send = send_phone;
  request->text = g_strdup (host);
  start (task, request);
}

char *
oh_agent_request_add_phone_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
oh_agent_request_trust_async (const char *id, const char *fingerprint, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_agent_request_trust_async);
  request->send = send_trust;
  request->phone = g_strdup (id);
  request->text = g_strdup (fingerprint);
  start (task, request);
}

gboolean
oh_agent_request_trust_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
