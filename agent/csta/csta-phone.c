/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The line to the phone: made when it is needed, looked after from then on. */

#include "csta-phone.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "csta-phone-private.h"
#include "csta-product.h"
#include "phone-body.h"
#include "secret-text.h"

#define CAPABILITIES                                                                               \
  (OH_PHONE_CAN_DIAL | OH_PHONE_CAN_ANSWER | OH_PHONE_CAN_HANG_UP | OH_PHONE_CAN_HANG_UP_ALL |     \
   OH_PHONE_CAN_HOLD | OH_PHONE_CAN_DTMF | OH_PHONE_CAN_DND | OH_PHONE_CAN_CHOOSE_IDENTITY |       \
   OH_PHONE_CAN_TELL_EVENTS | OH_PHONE_NAMES_CALLS | OH_PHONE_CONFIRMS | OH_PHONE_CAN_SWAP |       \
   OH_PHONE_CAN_TRANSFER | OH_PHONE_CAN_CONFERENCE | OH_PHONE_CAN_MUTE | OH_PHONE_CAN_VOLUME |     \
   OH_PHONE_CAN_FORWARD)

/* RFC 3261 19.1.2. */
#define PORT_TLS 5061
#define PORT_TCP 5060

/* At first it may be the dialog alone that is gone; then it is mostly a phone that starts again. */
static const guint8 retry_s[] = { 1, 5, 10, 20, 40, 60 };

G_DEFINE_FINAL_TYPE (OhCstaPhone, oh_csta_phone, OH_TYPE_PHONE)

/* --- looking after it --- */

static void
on_probed_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhPhone *phone = OH_PHONE (source);

  if (oh_phone_probe_finish (phone, result, NULL) && OH_CSTA_PHONE (phone)->watch_wanted)
    oh_phone_watch_async (phone, NULL, NULL, NULL);
}

static gboolean
on_alarm (gpointer data)
{
  OhCstaPhone *self = data;

  self->alarm = 0;
  oh_phone_probe_async (OH_PHONE (self), NULL, on_probed_again, NULL);
  return G_SOURCE_REMOVE;
}

/* Only who cannot be reached is tried again; everything else waits for the user. */
static void
set_alarm (OhCstaPhone *self)
{
  OhClock *clock = oh_phone_get_clock (OH_PHONE (self));
  guint i = MIN (self->n_retries, G_N_ELEMENTS (retry_s) - 1);

  oh_clock_clear_alarm (clock, &self->alarm);
  if (oh_phone_get_state (OH_PHONE (self)) != OH_PHONE_STATE_UNREACHABLE)
    return;
  self->n_retries++;
  self->alarm = oh_clock_add_alarm_in (clock, (gint64) retry_s[i] * G_USEC_PER_SEC, on_alarm, self);
}

void
oh_csta_phone_note_error (OhCstaPhone *self, const GError *error)
{
  static const struct
  {
    OhError code;
    OhPhoneState state;
  } known[] = {
    { OH_ERROR_UNREACHABLE, OH_PHONE_STATE_UNREACHABLE },
    { OH_ERROR_UNTRUSTED, OH_PHONE_STATE_UNTRUSTED },
    { OH_ERROR_PHONE_LOGIN, OH_PHONE_STATE_UNAUTHORIZED },
    { OH_ERROR_PHONE_REFUSED, OH_PHONE_STATE_UNSUPPORTED },
    { OH_ERROR_UNSUPPORTED, OH_PHONE_STATE_UNSUPPORTED },
    { OH_ERROR_PROTOCOL, OH_PHONE_STATE_UNSUPPORTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (error->code == (int) known[i].code)
      {
        if (known[i].state == OH_PHONE_STATE_UNSUPPORTED)
          oh_phone_set_capabilities (OH_PHONE (self), 0);
        oh_phone_move (OH_PHONE (self), known[i].state, g_error_copy (error));
        set_alarm (self);
        return;
      }
}

/* --- probe --- */

static void
drop_session (OhCstaPhone *self)
{
  g_autoptr (OhCstaSession) session = g_steal_pointer (&self->session);

  g_clear_pointer (&self->monitor, g_free);
  self->looking = FALSE;
  oh_phone_set_watched (OH_PHONE (self), FALSE);
  if (session == NULL)
    return;
  g_signal_handlers_disconnect_by_data (session, self);
  oh_csta_session_close (session);
}

static void
end_probe (OhCstaPhone *self, const GError *error)
{
  GQueue probes = self->probes;

  g_queue_init (&self->probes);
  g_clear_object (&self->connecting);
  if (error != NULL)
    {
      drop_session (self);
      oh_csta_phone_note_error (self, error);
    }
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
on_lost (OhCstaSession *session, GError *error, OhCstaPhone *self)
{
  G_GNUC_UNUSED g_autoptr (OhCstaPhone) alive = g_object_ref (self);

  drop_session (self);
  oh_csta_phone_note_error (self, error);
}

static void
on_event (OhCstaSession *session, gpointer document, OhCstaPhone *self)
{
  oh_csta_phone_take_event (self, document);
}

/* The account that is controlled: the one that was set, else the one that the phone answers for. */
static void
choose_device (OhCstaPhone *self)
{
  g_free (self->device);
  if (self->identity != NULL)
    self->device = g_strconcat ("sip:", self->identity, NULL);
  else
    {
      g_autofree char *party = oh_csta_party (oh_csta_session_contact (self->session));

      self->device = party != NULL ? g_strconcat ("sip:", party, NULL) : NULL;
    }
  oh_csta_calls_set_device (self->calls, self->device);
}

static void
describe (OhCstaPhone *self)
{
  const char *header = oh_csta_session_product (self->session);
  g_auto (OhCstaProduct) product = { NULL, NULL, NULL };

  if (header == NULL)
    return;
  oh_csta_product_parse (oh_slice_str (header), &product);
  oh_phone_set_description (OH_PHONE (self), product.model, product.firmware, product.mac);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhCstaPhone) self = user_data;
  OhPhone *phone = OH_PHONE (self);
  g_autoptr (GError) error = NULL;

  oh_csta_session_open_finish (OH_CSTA_SESSION (source), result, &error);
  if (OH_CSTA_SESSION (source) != self->session)
    return; /* dropped meanwhile */
  if (error != NULL)
    {
      end_probe (self, error);
      return;
    }
  choose_device (self);
  describe (self);
  oh_phone_set_capabilities (phone, CAPABILITIES);
  if (oh_phone_get_state (phone) == OH_PHONE_STATE_UNAUTHORIZED)
    oh_phone_move (phone, OH_PHONE_STATE_UNKNOWN, NULL);
  oh_phone_move (phone, OH_PHONE_STATE_READY, NULL);
  self->n_retries = 0;
  oh_clock_clear_alarm (oh_phone_get_clock (phone), &self->alarm);
  end_probe (self, NULL);
}

static char *
invited_uri (OhCstaPhone *self)
{
  const char *at = self->identity != NULL ? strchr (self->identity, '@') : NULL;
  g_autofree char *user =
    at != NULL ? g_strndup (self->identity, (gsize) (at - self->identity + 1)) : g_strdup ("");
  gboolean v6 = strchr (self->name, ':') != NULL;

  return g_strdup_printf ("sip:%s%s%s%s:%u;transport=%s", user, v6 ? "[" : "", self->name,
                          v6 ? "]" : "", self->port, self->plain ? "tcp" : "tls");
}

/* A line under way, known to its callback by what cancels it. */
typedef struct
{
  OhCstaPhone *phone;        /* (owned) */
  GCancellable *cancellable; /* (owned) */
} Attempt;

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Attempt *attempt = user_data;
  g_autoptr (OhCstaPhone) self = attempt->phone;
  g_autoptr (GCancellable) cancellable = attempt->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipTransport) transport = self->connector->finish (self, result, &error);
  g_autofree char *uri = NULL;

  if (g_cancellable_is_cancelled (cancellable))
    {
      if (transport != NULL) /* just too late */
        oh_sip_transport_close (transport, NULL);
      return; /* whoever cancelled has told those who wait */
    }
  if (transport == NULL)
    {
      end_probe (self, error);
      return;
    }
  uri = invited_uri (self);
  oh_sip_guard_reset (OH_SIP_GUARD (self->digest));
  self->session = oh_csta_session_new (oh_phone_get_clock (OH_PHONE (self)),
                                       OH_SIP_GUARD (self->digest), self->name);
  g_signal_connect (self->session, "event", G_CALLBACK (on_event), self);
  g_signal_connect (self->session, "lost", G_CALLBACK (on_lost), self);
  oh_csta_session_open_async (self->session, transport, uri, on_opened, g_object_ref (self));
}

static void
connect_phone (OhCstaPhone *self)
{
  Attempt *attempt = g_new (Attempt, 1);

  oh_clock_clear_alarm (oh_phone_get_clock (OH_PHONE (self)), &self->alarm);
  self->connecting = g_cancellable_new ();
  *attempt = (Attempt){ g_object_ref (self), g_object_ref (self->connecting) };
  self->connector->connect (self, self->connecting, on_connected, attempt);
}

static void
oh_csta_phone_probe_async (OhPhone *phone, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  OhCstaPhone *self = OH_CSTA_PHONE (phone);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_csta_phone_probe_async);
  if (self->session != NULL && oh_csta_session_is_open (self->session))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_queue_push_tail (&self->probes, g_steal_pointer (&task));
  if (g_queue_get_length (&self->probes) == 1)
    connect_phone (self);
}

static gboolean
oh_csta_phone_probe_finish (OhPhone *phone, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the connector --- */

static gboolean
judge (GTlsCertificate *certificate, gpointer user_data, GError **error)
{
  OhCstaPhone *self = user_data;
  OhPhone *phone = OH_PHONE (self);
  g_autofree char *fingerprint = NULL;
  OhPhoneVerdict verdict = oh_phone_tls_judge (self->tls, certificate, self->name,
                                               oh_phone_get_mac (phone), &fingerprint, error);

  if (fingerprint != NULL)
    oh_phone_show_certificate (phone, certificate, fingerprint);
  if (verdict == OH_PHONE_VERDICT_FIRST || verdict == OH_PHONE_VERDICT_CHANGED)
    oh_phone_emit_certificate (phone, fingerprint, verdict == OH_PHONE_VERDICT_FIRST);
  return verdict == OH_PHONE_VERDICT_ACCEPTED || verdict == OH_PHONE_VERDICT_FIRST;
}

static void
connect_line (OhCstaPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (OhSipTransport) transport =
    oh_sip_transport_new (oh_phone_get_clock (OH_PHONE (self)));
  OhSipTarget target = {
    .host = self->name,
    .port = self->port,
    .plain = self->plain,
    .judge = judge,
    .judge_data = self, /* whoever waits for the line holds us */
  };

  oh_sip_transport_connect_async (transport, &target, cancellable, callback, user_data);
}

static OhSipTransport *
finish_line (OhCstaPhone *self, GAsyncResult *result, GError **error)
{
  OhSipTransport *transport = OH_SIP_TRANSPORT (g_async_result_get_source_object (result));

  if (oh_sip_transport_connect_finish (transport, result, error))
    return transport;
  g_object_unref (transport);
  return NULL;
}

static const OhCstaConnector over_the_network = { connect_line, finish_line };

/* --- settings --- */

/* What was reached hung on what has just changed. */
static void
start_over (OhCstaPhone *self, const char *why)
{
  OhPhone *phone = OH_PHONE (self);
  g_autoptr (GError) error = g_error_new_literal (OH_ERROR, OH_ERROR_CANCELLED, why);

  if (self->connecting != NULL)
    g_cancellable_cancel (self->connecting);
  drop_session (self);
  end_probe (self, error);
  oh_clock_clear_alarm (oh_phone_get_clock (phone), &self->alarm);
  oh_phone_move (phone, OH_PHONE_STATE_UNKNOWN, NULL);
}

void
oh_csta_phone_login_changed (OhCstaPhone *self)
{
  const char *at = self->identity != NULL ? strchr (self->identity, '@') : NULL;
  g_autofree char *user =
    at != NULL ? g_strndup (self->identity, (gsize) (at - self->identity)) : g_strdup (self->user);

  if (oh_csta_digest_set_login (self->digest, user, self->password))
    start_over (self, _ ("The login has changed."));
}

static void
oh_csta_phone_set_login (OhPhone *phone, const char *user, const char *password)
{
  OhCstaPhone *self = OH_CSTA_PHONE (phone);

  g_free (self->user);
  self->user = g_strdup (user);
  g_clear_pointer (&self->password, oh_secret_free);
  self->password = oh_secret_dup (password);
  oh_csta_phone_login_changed (self);
}

static void
oh_csta_phone_set_trust (OhPhone *phone, const OhPhoneTrust *trust)
{
  OhCstaPhone *self = OH_CSTA_PHONE (phone);

  if (oh_phone_tls_says_the_same (self->tls, trust))
    return;
  oh_phone_tls_free (self->tls);
  self->tls = oh_phone_tls_new (trust);
  if (!self->plain)
    start_over (self, _ ("The rule for its certificate has changed."));
}

void
oh_csta_phone_set_identity (OhCstaPhone *self, const char *identity)
{
  if (identity != NULL && *identity == '\0')
    identity = NULL;
  if (g_strcmp0 (self->identity, identity) == 0)
    return;
  g_free (self->identity);
  self->identity = g_strdup (identity);
  oh_csta_phone_login_changed (self);
  if (self->session != NULL)
    start_over (self, _ ("The account has changed."));
}

void
oh_csta_phone_rest (OhCstaPhone *self)
{
  self->watch_wanted = FALSE;
  start_over (self, _ ("The phone is driven in another way."));
}

/* --- object --- */

static void
tell (OhPhoneEvent *event, gpointer user_data)
{
  oh_phone_emit_event (OH_PHONE (user_data), event);
}

static void
oh_csta_phone_dispose (GObject *object)
{
  OhCstaPhone *self = OH_CSTA_PHONE (object);

  oh_clock_clear_alarm (oh_phone_get_clock (OH_PHONE (self)), &self->alarm);
  if (self->session != NULL)
    drop_session (self);
  g_clear_object (&self->connecting);
  g_clear_object (&self->digest);
  G_OBJECT_CLASS (oh_csta_phone_parent_class)->dispose (object);
}

static void
oh_csta_phone_finalize (GObject *object)
{
  OhCstaPhone *self = OH_CSTA_PHONE (object);

  g_free (self->name);
  g_free (self->identity);
  g_free (self->user);
  g_clear_pointer (&self->password, oh_secret_free);
  g_free (self->device);
  g_free (self->monitor);
  oh_phone_tls_free (self->tls);
  oh_csta_calls_free (self->calls);
  G_OBJECT_CLASS (oh_csta_phone_parent_class)->finalize (object);
}

static void
oh_csta_phone_class_init (OhCstaPhoneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  OhPhoneClass *phone_class = OH_PHONE_CLASS (class);

  object_class->dispose = oh_csta_phone_dispose;
  object_class->finalize = oh_csta_phone_finalize;
  phone_class->probe_async = oh_csta_phone_probe_async;
  phone_class->probe_finish = oh_csta_phone_probe_finish;
  oh_csta_watch_install (phone_class);
  oh_csta_errand_install (phone_class);
  phone_class->set_login = oh_csta_phone_set_login;
  phone_class->set_trust = oh_csta_phone_set_trust;
}

static void
oh_csta_phone_init (OhCstaPhone *self)
{
  static const OhPhoneTrust first_use = { .mode = OH_PHONE_TRUST_FIRST_USE };

  g_queue_init (&self->probes);
  self->connector = &over_the_network;
  self->tls = oh_phone_tls_new (&first_use);
  self->calls = oh_csta_calls_new (tell, self);
}

/* The host of "host[:port]", without the brackets of an IPv6 address. */
static char *
name_of (const char *host)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (host, PORT_TLS, NULL);

  return g_strdup (parsed != NULL ? g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed))
                                  : host);
}

OhPhone *
oh_csta_phone_new (const char *id, const char *host, gboolean plain, guint16 port, OhClock *clock)
{
  OhCstaPhone *self =
    g_object_new (OH_TYPE_CSTA_PHONE, "id", id, "host", host, "clock", clock, NULL);

  self->name = name_of (host);
  self->plain = plain;
  self->port = port != 0 ? port : plain ? PORT_TCP : PORT_TLS;
  self->digest = oh_csta_digest_new (self->name);
  return OH_PHONE (self);
}
