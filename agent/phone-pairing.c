/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-pairing.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "bus-error.h"
#include "bus-generated.h"
#include "bus-secret.h"
#include "config-events.h"
#include "error.h"
#include "secret-text.h"
#include "snom-display.h"

struct _OhPhonePairing
{
  OhConfig *config;       /* (owned) */
  OhSecrets *secrets;     /* (owned) */
  OhFinder *finder;       /* (owned) */
  OhBusFinder1 *skeleton; /* (unowned) */
  OhPairing *pairing;     /* (owned) */
};

/* --- the one maker whose displays can be written on ----------------------------------------- */

static GObject *
display_open (const char *address, OhClock *clock)
{
  return G_OBJECT (oh_snom_display_new (address, clock));
}

static void
display_show_async (GObject *display, const char *user, const char *password, const char *code,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  oh_snom_display_show_async (OH_SNOM_DISPLAY (display), user, password, "Offhook", code,
                              OH_PAIRING_LIMIT_S, cancellable, callback, user_data);
}

static gboolean
display_show_finish (GObject *display, GAsyncResult *result, GError **error)
{
  return oh_snom_display_show_finish (OH_SNOM_DISPLAY (display), result, error);
}

static const char *
display_fingerprint (GObject *display)
{
  return oh_snom_display_get_fingerprint (OH_SNOM_DISPLAY (display));
}

static const char *
display_mac (GObject *display)
{
  return oh_snom_display_get_mac (OH_SNOM_DISPLAY (display));
}

static const OhPairingDisplay snom_display = {
  .open = display_open,
  .show_async = display_show_async,
  .show_finish = display_show_finish,
  .fingerprint = display_fingerprint,
  .mac = display_mac,
};

/* --- beginning ------------------------------------------------------------------------------ */

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhPairing *pairing = OH_PAIRING (source);
  GDBusMethodInvocation *invocation = user_data;
  const char *fingerprint;
  GError *error = NULL;
  OhPairingWay way;

  if (!oh_pairing_begin_finish (pairing, result, &way, &error))
    {
      oh_bus_return_error (invocation, error);
      return;
    }
  fingerprint = oh_pairing_get_fingerprint (pairing);
  g_dbus_method_invocation_return_value_with_unix_fd_list (
    invocation,
    g_variant_new ("(ssu)", way == OH_PAIRING_BY_CODE ? "code" : "fingerprint",
                   fingerprint != NULL ? fingerprint : "", (guint32) OH_PAIRING_LIMIT_S),
    NULL);
}

/* Returns: (transfer full) (nullable): the password, "" for none */
static char *
read_secret (GUnixFDList *fds, GVariant *handle, GError **error)
{
  int fd = fds != NULL ? g_unix_fd_list_get (fds, g_variant_get_handle (handle), error) : -1;
  char *secret;

  if (fd < 0)
    {
      g_clear_error (error);
      g_set_error (error, OH_ERROR, OH_ERROR_USAGE, "The secret did not come.");
      return NULL;
    }
  secret = oh_bus_read_secret (fd, error);
  close (fd);
  return secret;
}

static gboolean
is_cordless (const OhFoundPhone *found, GError **error)
{
  if (found == NULL || found->kind != OH_FOUND_DECT)
    return FALSE;
  g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
               _ ("That is a %s, a cordless one, which takes no commands. Use a desk phone (snom "
                  "D3xx, D7xx) for the same line."),
               found->model != NULL ? found->model : _ ("base"));
  return TRUE;
}

static gboolean
handle_pair (OhBusFinder1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
             const char *address, const char *user, GVariant *secret, OhPhonePairing *self)
{
  const OhFoundPhone *found = oh_finder_lookup (self->finder, address);
  const char *where = found != NULL && found->address != NULL ? found->address : address;
  GError *error = NULL;
  char *password = read_secret (fds, secret, &error);

  if (error == NULL && !is_cordless (found, &error) && where[0] == '\0')
    error = g_error_new_literal (OH_ERROR, OH_ERROR_USAGE, _ ("Which phone? Name its address."));
  if (error != NULL)
    oh_bus_return_error (invocation, error);
  else
    oh_pairing_begin_async (self->pairing, where, user[0] != '\0' ? user : NULL,
                            user[0] != '\0' ? password : NULL, on_begun, invocation);
  oh_secret_free (password);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* --- ending --------------------------------------------------------------------------------- */

/* A phone whose password is being stored. */
typedef struct
{
  GDBusMethodInvocation *invocation;
  char *id;
} Storing;

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Storing *storing = user_data;
  g_autofree char *id = storing->id;
  GError *error = NULL;

  if (oh_secrets_store_finish (OH_SECRETS (source), result, &error))
    g_dbus_method_invocation_return_value (storing->invocation, g_variant_new ("(s)", id));
  else
    oh_bus_return_error (storing->invocation, error);
  g_free (storing);
}

static gboolean
store_user (OhPhonePairing *self, const char *id, const char *user, GError **error)
{
  GSettings *settings = oh_config_open_phone (self->config, id, "user", error);

  return settings != NULL && g_settings_set_string (settings, "user", user);
}

static char *
add_phone (OhPhonePairing *self, const OhPaired *paired, GError **error)
{
  g_autofree char *id = oh_config_add_phone (self->config, paired->address, error);

  if (id == NULL || !oh_config_store_pin (self->config, id, "pin", paired->fingerprint, error) ||
      (paired->user != NULL && !store_user (self, id, paired->user, error)))
    return NULL;
  return g_steal_pointer (&id);
}

/* @paired: (transfer full) (nullable); @error: (transfer full): why there is none */
static void
finish (OhPhonePairing *self, GDBusMethodInvocation *invocation, OhPaired *paired, GError *error)
{
  g_autoptr (OhPaired) owned = paired;
  char *id = owned != NULL ? add_phone (self, owned, &error) : NULL;
  Storing *storing;

  if (id == NULL)
    {
      oh_bus_return_error (invocation, error);
      return;
    }
  if (owned->password == NULL)
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", id));
      g_free (id);
      return;
    }
  storing = g_new0 (Storing, 1);
  storing->invocation = invocation;
  storing->id = id;
  oh_secrets_store_async (self->secrets, OH_SECRET_PHONE, id, owned->password, NULL, on_stored,
                          storing);
}

static gboolean
handle_confirm (OhBusFinder1 *skeleton, GDBusMethodInvocation *invocation, const char *code,
                OhPhonePairing *self)
{
  GError *error = NULL;
  OhPaired *paired = oh_pairing_confirm (self->pairing, code, &error);

  finish (self, invocation, paired, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_accept (OhBusFinder1 *skeleton, GDBusMethodInvocation *invocation, const char *fingerprint,
               OhPhonePairing *self)
{
  GError *error = NULL;
  OhPaired *paired = oh_pairing_accept (self->pairing, fingerprint, &error);

  finish (self, invocation, paired, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_abandon (OhBusFinder1 *skeleton, GDBusMethodInvocation *invocation, OhPhonePairing *self)
{
  oh_pairing_abandon (self->pairing);
  oh_bus_finder1_complete_abandon (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* --- life ----------------------------------------------------------------------------------- */

OhPhonePairing *
oh_phone_pairing_new (OhConfig *config, OhSecrets *secrets, OhFinder *finder, OhClock *clock,
                      gpointer skeleton)
{
  OhPhonePairing *self = g_new0 (OhPhonePairing, 1);

  self->config = g_object_ref (config);
  self->secrets = g_object_ref (secrets);
  self->finder = g_object_ref (finder);
  self->pairing = oh_pairing_new (&snom_display, clock);
  self->skeleton = skeleton;
  g_signal_connect (skeleton, "handle-pair", G_CALLBACK (handle_pair), self);
  g_signal_connect (skeleton, "handle-confirm", G_CALLBACK (handle_confirm), self);
  g_signal_connect (skeleton, "handle-accept", G_CALLBACK (handle_accept), self);
  g_signal_connect (skeleton, "handle-abandon", G_CALLBACK (handle_abandon), self);
  return self;
}

void
oh_phone_pairing_free (OhPhonePairing *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  oh_pairing_abandon (self->pairing);
  g_object_unref (self->pairing);
  g_object_unref (self->finder);
  g_object_unref (self->secrets);
  g_object_unref (self->config);
  g_free (self);
}
