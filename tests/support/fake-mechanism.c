/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-mechanism.h"

#include <string.h>

#include "error.h"

#define OH_TYPE_FAKE_MECHANISM (oh_fake_mechanism_get_type ())
G_DECLARE_FINAL_TYPE (OhFakeMechanism, oh_fake_mechanism, OH, FAKE_MECHANISM, GObject)

struct _OhFakeMechanism
{
  GObject parent_instance;

  OhAuthScheme scheme;
  char *host; /* (owned) */
  guint steps;
  guint key;
};

static OhFakePlan plan;

OhFakePlan *
oh_fake_plan_reset (void)
{
  memset (&plan, 0, sizeof plan);
  for (guint i = 0; i < OH_AUTH_N_SCHEMES; i++)
    plan.fail[i] = OH_SCHEME_FAILURE_NONE;
  plan.life_s = OH_MECHANISM_UNLIMITED;
  return &plan;
}

static char *
digest (guint key, char direction, const char *text)
{
  g_autofree char *both = g_strdup_printf ("%u%c%s", key, direction, text);

  return g_compute_checksum_for_string (G_CHECKSUM_MD5, both, -1);
}

char *
oh_fake_mechanism_server_sign (guint key, const char *text)
{
  return digest (key, 'S', text);
}

char *
oh_fake_mechanism_client_sign (guint key, const char *text)
{
  return digest (key, 'C', text);
}

static const char *
fake_scheme (OhMechanism *mechanism)
{
  return oh_auth_scheme_name (OH_FAKE_MECHANISM (mechanism)->scheme);
}

static char *
token (OhFakeMechanism *self, GBytes *in)
{
  if (self->scheme == OH_AUTH_SCHEME_KERBEROS)
    return g_strconcat ("ticket for ", self->host, NULL);
  if (in == NULL)
    return g_strdup ("");
  return g_strdup_printf ("answer to %.*s", (int) g_bytes_get_size (in),
                          (const char *) g_bytes_get_data (in, NULL));
}

static void
fake_step_async (OhMechanism *mechanism, GBytes *in, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  OhFakeMechanism *self = OH_FAKE_MECHANISM (mechanism);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  char *text;

  self->steps++;
  if (plan.fail[self->scheme] != OH_SCHEME_FAILURE_NONE)
    {
      g_task_return_new_error (task, OH_ERROR,
                               (int) oh_scheme_failure_code (plan.fail[self->scheme]),
                               "%s failed as planned", oh_auth_scheme_name (self->scheme));
      return;
    }
  text = token (self, in);
  g_task_return_pointer (task, g_bytes_new_take (text, strlen (text)),
                         (GDestroyNotify) g_bytes_unref);
}

static GBytes *
fake_step_finish (OhMechanism *mechanism, GAsyncResult *result, gboolean *established,
                  GError **error)
{
  OhFakeMechanism *self = OH_FAKE_MECHANISM (mechanism);

  *established = self->steps == (self->scheme == OH_AUTH_SCHEME_NTLM ? 2 : 1);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GBytes *
octets (const char *hex)
{
  gsize len = strlen (hex) / 2;
  guint8 *data = g_malloc (len);

  for (gsize i = 0; i < len; i++)
    data[i] =
      (guint8) (g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]));
  return g_bytes_new_take (data, len);
}

static GBytes *
fake_sign (OhMechanism *mechanism, const char *text, GError **error)
{
  g_autofree char *hex = oh_fake_mechanism_client_sign (OH_FAKE_MECHANISM (mechanism)->key, text);

  return octets (hex);
}

static gboolean
fake_verify (OhMechanism *mechanism, const char *text, GBytes *signature, GError **error)
{
  g_autofree char *hex = oh_fake_mechanism_server_sign (OH_FAKE_MECHANISM (mechanism)->key, text);
  g_autoptr (GBytes) expected = octets (hex);

  if (g_bytes_equal (expected, signature))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "the server did not sign %s", text);
  return FALSE;
}

static gint64
fake_life_s (OhMechanism *mechanism)
{
  return plan.life_s;
}

static OhSchemeFailure
fake_failure (OhMechanism *mechanism)
{
  return plan.fail[OH_FAKE_MECHANISM (mechanism)->scheme];
}

static void
mechanism_iface_init (OhMechanismInterface *iface)
{
  iface->scheme = fake_scheme;
  iface->step_async = fake_step_async;
  iface->step_finish = fake_step_finish;
  iface->sign = fake_sign;
  iface->verify = fake_verify;
  iface->life_s = fake_life_s;
  iface->failure = fake_failure;
}

G_DEFINE_TYPE_WITH_CODE (OhFakeMechanism, oh_fake_mechanism, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (OH_TYPE_MECHANISM, mechanism_iface_init))

static void
oh_fake_mechanism_finalize (GObject *object)
{
  g_free (OH_FAKE_MECHANISM (object)->host);
  G_OBJECT_CLASS (oh_fake_mechanism_parent_class)->finalize (object);
}

static void
oh_fake_mechanism_class_init (OhFakeMechanismClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_fake_mechanism_finalize;
}

static void
oh_fake_mechanism_init (OhFakeMechanism *self)
{
}

OhMechanism *
oh_fake_mechanism_make (const OhMechanismOrder *order)
{
  OhFakeMechanism *self = g_object_new (OH_TYPE_FAKE_MECHANISM, NULL);

  plan.made[order->scheme]++;
  plan.with_password += order->credentials != NULL && order->credentials->password != NULL;
  self->scheme = order->scheme;
  self->host = g_strdup (order->host);
  self->key = ++plan.latest;
  return OH_MECHANISM (self);
}
