/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "yealink-phone.h"

#include "phone-body.h"
#include "phone-dialect.h"
#include "yealink-command.h"
#include "yealink-phone-private.h"

#include <glib/gi18n-lib.h>

#define CAPABILITIES                                                                               \
  (OH_PHONE_CAN_DIAL | OH_PHONE_CAN_ANSWER | OH_PHONE_CAN_HANG_UP | OH_PHONE_CAN_HOLD |            \
   OH_PHONE_CAN_DTMF | OH_PHONE_CAN_CHOOSE_IDENTITY | OH_PHONE_NAMES_CALLS |                       \
   OH_PHONE_CAN_TRANSFER | OH_PHONE_CAN_CONFERENCE | OH_PHONE_CAN_MUTE | OH_PHONE_MUTE_TOGGLES |   \
   OH_PHONE_CAN_VOLUME | OH_PHONE_CAN_REBOOT)

G_DEFINE_FINAL_TYPE (OhYealinkPhone, oh_yealink_phone, OH_TYPE_PHONE)

static void refresh (OhPhone *phone);

static const char *
host_of (OhYealinkPhone *self)
{
  return oh_phone_get_host (OH_PHONE (self));
}

/* -- dialect ---------------------------------------------------------------------------------- */

static GError *
refused (const char *host)
{
  return g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                      _ ("The phone at %s forbids remote control. Put this computer’s address into "
                         "its “features.action_uri_limit_ip” (Features, Remote Control), and "
                         "answer “Allow remote control?” on its display with OK."),
                      host);
}

static gboolean
speaks (OhPhoneKind kind)
{
  return kind == OH_PHONE_KIND_YEALINK || kind == OH_PHONE_KIND_UNKNOWN;
}

/* 403 is the list of addresses or the user's consent; a login that is wrong is told by 401. */
static const OhPhoneDialect dialect = { speaks, refused, FALSE };

/* -- probe ------------------------------------------------------------------------------------ */

static void
end_probe (OhYealinkPhone *self, const GError *error)
{
  GQueue probes = self->probes;

  g_queue_init (&self->probes);
  if (error != NULL)
    oh_phone_care_note_error (&self->care, error);
  for (GTask *task = g_queue_pop_head (&probes); task != NULL; task = g_queue_pop_head (&probes))
    {
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static void
on_named (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhYealinkPhone) self = user_data;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (self->http, result, NULL, NULL);
  g_autofree char *model = NULL;
  g_autofree char *firmware = NULL;
  gsize len = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &len) : NULL;

  /* without it the phone works all the same */
  oh_yealink_page_read (oh_slice (data, len), &model, &firmware);
  oh_phone_set_description (OH_PHONE (self), model, firmware, NULL);
  oh_phone_care_note_ready (&self->care);
  end_probe (self, NULL);
}

static OhPhoneCapabilities
capabilities_of (OhYealinkPhone *self, const OhYealinkConfig *config)
{
  OhPhoneCapabilities capabilities = CAPABILITIES;

  if (self->listener != NULL)
    capabilities |= OH_PHONE_CAN_TELL_EVENTS;
  if (!oh_phone_get_watched (OH_PHONE (self)))
    capabilities |= OH_PHONE_HOLD_TOGGLES; /* no event has named a call: the key is all there is */
  if (config->dnd != OH_YEALINK_DND_UNKNOWN)
    capabilities |= OH_PHONE_CAN_DND;
  if (oh_snom_http_get_unprotected (self->http))
    capabilities |= OH_PHONE_IS_UNPROTECTED;
  return capabilities;
}

OhYealinkConfig *
oh_yealink_phone_read_config (OhYealinkPhone *self, GBytes *body)
{
  gsize len;
  const char *data = g_bytes_get_data (body, &len);
  OhYealinkConfig *config = oh_yealink_config_parse (oh_slice (data, len));

  oh_phone_set_description (OH_PHONE (self), NULL, config->firmware, NULL);
  if (config->dnd != OH_YEALINK_DND_UNKNOWN)
    oh_phone_set_dnd (OH_PHONE (self), config->dnd == OH_YEALINK_DND_ON);
  return config;
}

static void
on_config (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhYealinkPhone) self = user_data;
  g_autoptr (OhYealinkConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (self->http, result, NULL, &error);

  oh_phone_note_kind (OH_PHONE (self), oh_snom_http_get_kind (self->http));
  if (body == NULL)
    {
      end_probe (self, error);
      return;
    }
  config = oh_yealink_phone_read_config (self, body);
  if (!config->is_config)
    {
      error = oh_phone_dialect_mismatch (OH_PHONE_KIND_UNKNOWN, host_of (self));
      end_probe (self, error);
      return;
    }
  oh_phone_note_kind (OH_PHONE (self), OH_PHONE_KIND_YEALINK);
  oh_phone_set_capabilities (OH_PHONE (self), capabilities_of (self, config));
  if (self->named)
    {
      oh_phone_care_note_ready (&self->care);
      end_probe (self, NULL);
      return;
    }
  self->named = TRUE;
  oh_snom_http_get_async (self->http, OH_SNOM_READ_OPTIONAL, OH_YEALINK_LOGIN_TARGET, NULL,
                          on_named, g_object_ref (self));
}

static void
oh_yealink_phone_probe_async (OhPhone *phone, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  OhYealinkPhone *self = OH_YEALINK_PHONE (phone);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_yealink_phone_probe_async);
  g_queue_push_tail (&self->probes, task);
  if (g_queue_get_length (&self->probes) == 1)
    oh_snom_http_get_async (self->http, OH_SNOM_READ, OH_YEALINK_CONFIG_TARGET, NULL, on_config,
                            g_object_ref (self));
}

static gboolean
boolean_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* the state says what came of it */
  oh_phone_probe_finish (OH_PHONE (source), result, NULL);
}

static void
refresh (OhPhone *phone)
{
  oh_phone_probe_async (phone, NULL, on_refreshed, NULL);
}

/* -- events ----------------------------------------------------------------------------------- */

static void
take_event (OhPhoneEvent *event, gpointer user_data)
{
  g_autoptr (OhYealinkPhone) self = g_object_ref (OH_YEALINK_PHONE (user_data));
  OhPhone *phone = OH_PHONE (self);
  gboolean started = event->kind == OH_PHONE_EVENT_STARTED;

  if (!oh_phone_get_watched (phone)) /* its administrator has entered the addresses */
    {
      oh_phone_set_watched (phone, TRUE);
      if (oh_phone_get_state (phone) == OH_PHONE_STATE_READY)
        oh_phone_move (phone, OH_PHONE_STATE_READY, NULL); /* no reason left */
      oh_phone_set_capabilities (phone, oh_phone_get_capabilities (phone) & ~OH_PHONE_HOLD_TOGGLES);
    }
  oh_phone_emit_event (phone, event);
  if (started)
    refresh (phone);
}

/* The address of "http://ADDRESS:PORT/s/TOKEN/": the token is nobody's business. */
static void
note_listening (OhYealinkPhone *self)
{
  g_auto (GStrv) parts = self->base != NULL ? g_strsplit (self->base, "/", 4) : NULL;

  oh_phone_note_listening (OH_PHONE (self),
                           parts != NULL && g_strv_length (parts) > 2 ? parts[2] : NULL);
}

/* Listening is not hearing: until the first event nobody may have entered the addresses. */
static void
note_unheard (OhYealinkPhone *self)
{
  OhPhone *phone = OH_PHONE (self);

  if (oh_phone_get_watched (phone) || oh_phone_get_state (phone) != OH_PHONE_STATE_READY)
    return;
  oh_phone_move (
    phone, OH_PHONE_STATE_READY,
    g_error_new (OH_ERROR, OH_ERROR_SETTINGS,
                 _ ("The phone at %s does not tell of its calls yet. Have the lines of "
                    "“phones/%s-events.cfg” in Offhook’s data folder imported there "
                    "(Settings, Configuration)."),
                 host_of (self), oh_phone_get_id (phone)));
}

static void
listen (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  OhYealinkPhone *self = g_task_get_source_object (task);
  GError *error = NULL;

  g_free (self->base);
  self->base = oh_snom_listener_add (
    self->listener, oh_phone_get_id (OH_PHONE (self)), oh_snom_http_get_local (self->http),
    oh_snom_http_get_remote (self->http), take_event, self, &error);
  note_listening (self);
  if (self->base != NULL)
    {
      note_unheard (self);
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

static void
on_probed_to_listen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (oh_phone_probe_finish (OH_PHONE (source), result, &error))
    listen (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
oh_yealink_phone_watch_async (OhPhone *phone, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  OhYealinkPhone *self = OH_YEALINK_PHONE (phone);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_yealink_phone_watch_async);
  if (self->listener == NULL)
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_SETTINGS,
                             _ ("Events of the phone at %s are switched off in the settings."),
                             host_of (self));
  else /* a new look also tells which of our addresses routes to it */
    oh_phone_probe_async (phone, cancellable, on_probed_to_listen, g_steal_pointer (&task));
}

/* Nothing was changed at the phone; its administrator takes the addresses out again. */
static void
oh_yealink_phone_unwatch_async (OhPhone *phone, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  OhYealinkPhone *self = OH_YEALINK_PHONE (phone);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_yealink_phone_unwatch_async);
  if (self->base != NULL)
    oh_snom_listener_remove (self->listener, oh_phone_get_id (phone), self);
  g_clear_pointer (&self->base, g_free);
  note_listening (self);
  oh_phone_set_watched (phone, FALSE);
  g_task_return_boolean (task, TRUE);
}

char *
oh_yealink_phone_dup_addresses (OhYealinkPhone *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  gsize n;
  const OhYealinkAction *actions = oh_yealink_actions (&n);

  if (self->base == NULL)
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *value = oh_yealink_action_value (self->base, actions[i].kind);

      g_string_append_printf (lines, "%s = %s\n", actions[i].setting, value);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* -- settings --------------------------------------------------------------------------------- */

static void
oh_yealink_phone_set_login (OhPhone *phone, const char *user, const char *password)
{
  OhYealinkPhone *self = OH_YEALINK_PHONE (phone);

  if (oh_snom_http_set_login (self->http, OH_PHONE_LEVEL_USER, user, password))
    oh_phone_care_start_over (&self->care);
}

static void
oh_yealink_phone_set_trust (OhPhone *phone, const OhPhoneTrust *trust)
{
  OhYealinkPhone *self = OH_YEALINK_PHONE (phone);

  if (oh_snom_http_set_trust (self->http, trust))
    oh_phone_care_start_over (&self->care);
}

static void
oh_yealink_phone_set_address (OhPhone *phone, const char *address)
{
  OhYealinkPhone *self = OH_YEALINK_PHONE (phone);

  if (oh_snom_http_set_address (self->http, address))
    oh_phone_care_start_over (&self->care);
}

void
oh_yealink_phone_set_identity (OhYealinkPhone *self, const char *identity)
{
  g_free (self->identity);
  self->identity = identity != NULL && *identity != '\0' ? g_strdup (identity) : NULL;
}

/* -- object ----------------------------------------------------------------------------------- */

static void
oh_yealink_phone_dispose (GObject *object)
{
  OhYealinkPhone *self = OH_YEALINK_PHONE (object);

  oh_phone_care_clear (&self->care);
  if (self->listener != NULL)
    oh_snom_listener_remove (self->listener, oh_phone_get_id (OH_PHONE (self)), self);
  g_clear_object (&self->listener);
  g_clear_object (&self->http);
  G_OBJECT_CLASS (oh_yealink_phone_parent_class)->dispose (object);
}

static void
oh_yealink_phone_finalize (GObject *object)
{
  OhYealinkPhone *self = OH_YEALINK_PHONE (object);

  g_free (self->identity);
  g_free (self->base);
  G_OBJECT_CLASS (oh_yealink_phone_parent_class)->finalize (object);
}

static void
oh_yealink_phone_class_init (OhYealinkPhoneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  OhPhoneClass *phone_class = OH_PHONE_CLASS (class);

  object_class->dispose = oh_yealink_phone_dispose;
  object_class->finalize = oh_yealink_phone_finalize;
  oh_yealink_errand_install (phone_class);
  phone_class->probe_async = oh_yealink_phone_probe_async;
  phone_class->probe_finish = boolean_finish;
  phone_class->watch_async = oh_yealink_phone_watch_async;
  phone_class->watch_finish = boolean_finish;
  phone_class->unwatch_async = oh_yealink_phone_unwatch_async;
  phone_class->unwatch_finish = boolean_finish;
  phone_class->set_login = oh_yealink_phone_set_login;
  phone_class->set_trust = oh_yealink_phone_set_trust;
  phone_class->set_address = oh_yealink_phone_set_address;
}

static void
oh_yealink_phone_init (OhYealinkPhone *self)
{
  g_queue_init (&self->probes);
}

OhPhone *
oh_yealink_phone_new (const char *id, const char *host, const char *scheme,
                      OhSnomListener *listener, OhClock *clock)
{
  OhYealinkPhone *self =
    g_object_new (OH_TYPE_YEALINK_PHONE, "id", id, "host", host, "clock", clock, NULL);

  g_set_object (&self->listener, listener);
  self->http = oh_snom_http_new (host, scheme, oh_phone_get_clock (OH_PHONE (self)));
  oh_snom_http_set_dialect (self->http, &dialect);
  oh_phone_care_init (&self->care, OH_PHONE (self), self->http, refresh);
  return OH_PHONE (self);
}
