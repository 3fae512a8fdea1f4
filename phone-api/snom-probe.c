/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-body.h"
#include "phone-detect.h"
#include "snom-phone-private.h"
#include "snom-change.h"
#include "snom-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
host_of (OhSnomPhone *self)
{
  return oh_phone_get_host (OH_PHONE (self));
}

static void on_info (GObject *source, GAsyncResult *result, gpointer user_data);

static void
begin_probe (OhSnomPhone *self)
{
  self->n_logins_probed = self->n_logins;
  oh_snom_http_get_async (self->http, OH_SNOM_READ, OH_SNOM_INFO_PAGE, NULL, on_info,
                          g_object_ref (self));
}

static void
end_probe (OhSnomPhone *self, const GError *error)
{
  GQueue probes = self->probes;

  /* It was refused with a login that has been replaced meanwhile: that says nothing of the new one,
     with which somebody may wait to dial. */
  if (error != NULL && self->n_logins != self->n_logins_probed)
    {
      begin_probe (self);
      return;
    }
  g_queue_init (&self->probes);
  if (error != NULL)
    oh_snom_phone_note_error (self, error);
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
become_ready (OhSnomPhone *self)
{
  OhPhone *phone = OH_PHONE (self);

  oh_snom_phone_note_settings (self);
  oh_phone_set_capabilities (phone, oh_snom_phone_capabilities (self));
  oh_phone_care_note_ready (&self->care);
  end_probe (self, NULL);
}

/* The name of a switch that is on and keeps every command from having an effect. */
static const char *
blocking_switch (OhSnomPhone *self)
{
  static const char *const names[] = { "use_hidden_tags", "restrict_uri_queries" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (oh_snom_setting_is_on (self->settings, names[i]))
      return names[i];
  return NULL;
}

void
oh_snom_phone_take_settings (OhSnomPhone *self, GBytes *body)
{
  gsize len;
  const char *data = g_bytes_get_data (body, &len);
  g_autoptr (GHashTable) settings = oh_snom_settings_parse (oh_slice (data, len));

  g_clear_pointer (&self->settings, g_hash_table_unref);
  if (g_hash_table_size (settings) > 0)
    self->settings = g_steal_pointer (&settings);
}

static void
on_settings_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSnomPhone) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (self->http, result, NULL, &error);
  const char *blocking;

  if (body != NULL)
    oh_snom_phone_take_settings (self, body);
  else if (g_error_matches (error, OH_ERROR, OH_ERROR_PHONE_REFUSED) ||
           g_error_matches (error, OH_ERROR, OH_ERROR_UNSUPPORTED))
    self->settings_closed = TRUE; /* commands may work all the same */
  else
    {
      end_probe (self, error);
      return;
    }
  blocking = blocking_switch (self);
  oh_phone_note_blocking (OH_PHONE (self), blocking);
  if (blocking == NULL)
    {
      become_ready (self);
      return;
    }
  g_clear_error (&error);
  error = g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                       _ ("The phone at %s takes no remote control while its setting “%s” is on. "
                          "Switch it off (Advanced, QoS/Security)."),
                       host_of (self), blocking);
  end_probe (self, error);
}

/* The page came; whether it is of a phone that takes commands. */
static GError *
judge_info (OhSnomPhone *self, const OhSnomPage *page)
{
  OhPhoneKind by_model = oh_phone_kind_of_model (page->model);

  oh_phone_note_kind (OH_PHONE (self), by_model);
  if (page->look != OH_SNOM_LOOK_CLASSIC)
    return oh_phone_dialect_mismatch (OH_PHONE_KIND_UNKNOWN, host_of (self));
  return oh_phone_dialect_snom ()->speaks (by_model)
           ? NULL
           : oh_phone_dialect_mismatch (by_model, host_of (self));
}

/* -- a phone without https -------------------------------------------------------------------- */

typedef struct
{
  OhSnomPhone *self;
  GError *error; /* of the try by https */
} Look;

static GError *
http_only_error (OhSnomPhone *self)
{
  return g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE,
                      _ ("The phone at %s answers by http only. Switch https on at the phone "
                         "(webserver_type), or set its “scheme” to “http” and its “trust” to "
                         "“none”."),
                      host_of (self));
}

static void
on_looked_on_http (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  g_autoptr (OhSnomPhone) self = look->self;
  g_autoptr (GError) error = look->error;
  g_autoptr (OhPhoneDetected) found = oh_phone_detect_finish (result, NULL);

  g_free (look);
  self->http_only = found != NULL && g_str_equal (found->scheme, "http");
  if (self->http_only)
    {
      g_clear_error (&error);
      error = http_only_error (self);
    }
  end_probe (self, error);
}

/* Asked once for each phone: a request without a login may count as a failed one. */
static gboolean
may_be_http_only (OhSnomPhone *self, const GError *error)
{
  g_autoptr (GSocketConnectable) address = g_network_address_parse (host_of (self), 0, NULL);

  return error->code == OH_ERROR_UNREACHABLE && !self->looked_on_http &&
         oh_snom_http_get_secure (self->http) &&
         oh_snom_http_get_certificate (self->http) == NULL && address != NULL &&
         g_network_address_get_port (G_NETWORK_ADDRESS (address)) == 0;
}

static void
look_on_http (OhSnomPhone *self, const GError *error)
{
  Look *look = g_new (Look, 1);

  self->looked_on_http = TRUE;
  look->self = g_object_ref (self);
  look->error = g_error_copy (error);
  oh_phone_detect_async (host_of (self), "http", oh_phone_get_clock (OH_PHONE (self)), NULL,
                         on_looked_on_http, look);
}

/* -- the steps -------------------------------------------------------------------------------- */

static void
fail_info (OhSnomPhone *self, const GError *error)
{
  g_autoptr (GError) better = NULL;

  if (may_be_http_only (self, error))
    {
      look_on_http (self, error);
      return;
    }
  if (self->http_only && error->code == OH_ERROR_UNREACHABLE)
    better = http_only_error (self);
  end_probe (self, better != NULL ? better : error);
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSnomPhone) self = user_data;
  g_autoptr (OhSnomPage) page = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (self->http, result, &page, &error);

  oh_phone_note_kind (OH_PHONE (self), oh_snom_http_get_kind (self->http));
  if (body != NULL)
    error = judge_info (self, page);
  if (error != NULL)
    {
      fail_info (self, error);
      return;
    }
  oh_phone_set_description (OH_PHONE (self), page->model, page->firmware, page->mac);
  oh_snom_traits (page->model, page->firmware, &self->traits);
  oh_snom_http_set_mac (self->http, oh_phone_get_mac (OH_PHONE (self)));
  oh_snom_http_set_model (self->http, oh_phone_get_model (OH_PHONE (self)));
  self->dnd_told = FALSE;
  if (self->settings_closed)
    become_ready (self);
  else
    oh_snom_http_get_async (self->http, OH_SNOM_READ_OPTIONAL, OH_SNOM_SETTINGS_PAGE, NULL,
                            on_settings_probed, g_object_ref (self));
}

static void
oh_snom_phone_probe_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  OhSnomPhone *self = OH_SNOM_PHONE (phone);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_snom_phone_probe_async);
  g_queue_push_tail (&self->probes, task);
  if (g_queue_get_length (&self->probes) == 1)
    begin_probe (self);
}

static gboolean
oh_snom_phone_probe_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
oh_snom_probe_install (OhPhoneClass *class)
{
  class->probe_async = oh_snom_phone_probe_async;
  class->probe_finish = oh_snom_phone_probe_finish;
}
