/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "desk-certificate.h"

#include <glib/gi18n-lib.h>

#include "bus-certificate.h"
#include "error.h"
#include "phone-tls.h"

/* A renewal takes an administrator that long. */
#define WARN_S (G_GINT64_CONSTANT (30) * 24 * 3600)
#define DAY_S (G_GINT64_CONSTANT (24) * 3600)
/* Certificates of a chain; more than four means that somebody plays. */
#define CHAIN_MAX 8

struct _OhDeskCertificate
{
  GObject parent_instance;

  OhPhone *phone;              /* (owned) */
  OhConfig *config;            /* (owned) */
  OhBusCertificate *interface; /* (owned) (nullable): NULL once stopped */
  char *host;                  /* (owned): without port */
  gboolean date_counts;
  guint alarm;
};

G_DEFINE_FINAL_TYPE (OhDeskCertificate, oh_desk_certificate, G_TYPE_OBJECT)

/* --- the date ------------------------------------------------------------------------------- */

/* (transfer none) (nullable): what the phone showed last */
static GTlsCertificate *
shown (OhDeskCertificate *self)
{
  OhPhoneFacts facts;

  oh_phone_get_facts (self->phone, &facts);
  return facts.certificate;
}

/* (transfer full): what to tell when the certificate is valid for @left_s more */
static char *
warning_text (OhDeskCertificate *self, gint64 left_s)
{
  int days = (int) (left_s / DAY_S);

  if (left_s < 0)
    return g_strdup_printf (_ ("The certificate of the phone at %s has expired."), self->host);
  return g_strdup_printf (ngettext ("The certificate of the phone at %s expires in %d day.",
                                    "The certificate of the phone at %s expires in %d days.",
                                    (gulong) days),
                          self->host, days);
}

static void
show_date (OhDeskCertificate *self)
{
  GTlsCertificate *certificate = shown (self);
  g_autoptr (GDateTime) until =
    certificate != NULL ? g_tls_certificate_get_not_valid_after (certificate) : NULL;
  gint64 until_s = until != NULL ? g_date_time_to_unix (until) : 0;
  gint64 left_s = until_s - oh_clock_wall_us (oh_phone_get_clock (self->phone)) / G_USEC_PER_SEC;
  g_autofree char *warning = NULL;

  if (until_s != 0 && self->date_counts && left_s < WARN_S)
    warning = warning_text (self, left_s);
  oh_bus_certificate_show (self->interface, until_s, warning != NULL ? warning : "",
                           warning != NULL ? _ ("Have the administrator renew it: without, the "
                                                "phone is not accepted any more.")
                                           : "");
}

static gboolean
on_alarm (gpointer user_data)
{
  OhDeskCertificate *self = user_data;

  self->alarm = oh_clock_add_alarm_in (oh_phone_get_clock (self->phone),
                                       OH_DESK_CERTIFICATE_LOOK_US, on_alarm, self);
  show_date (self);
  return G_SOURCE_REMOVE;
}

static void
on_notify (OhDeskCertificate *self)
{
  show_date (self);
}

/* --- looking -------------------------------------------------------------------------------- */

/* (transfer full): @certificate and the issuers that came with it */
static char *
chain_text (GTlsCertificate *certificate)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (GTlsCertificate *link = certificate; link != NULL && n < CHAIN_MAX;
       link = g_tls_certificate_get_issuer (link), n++)
    {
      g_autofree char *pem = NULL;

      g_object_get (link, "certificate-pem", &pem, NULL);
      g_string_append (text, pem != NULL ? pem : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* (transfer none) (nullable): what the phone shows after a probe that ended so; a phone that was
 * not reached shows nothing, whatever it did before */
static GTlsCertificate *
seen_now (OhDeskCertificate *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) own = NULL;
  gboolean ready = oh_phone_probe_finish (self->phone, result, &own);
  GTlsCertificate *certificate = shown (self);

  if (certificate != NULL && (ready || own->code != OH_ERROR_UNREACHABLE))
    return certificate;
  if (own != NULL)
    g_propagate_error (error, g_steal_pointer (&own));
  else
    g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                 _ ("The phone at %s shows no certificate: it is set to plain http."), self->host);
  return NULL;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhDeskCertificate *self = g_task_get_task_data (task);
  GError *error = NULL;
  GTlsCertificate *certificate = seen_now (self, result, &error);

  if (certificate != NULL)
    g_task_return_pointer (task, chain_text (certificate), g_free);
  else
    g_task_return_error (task, error);
}

static void
look (gpointer host, GTask *task)
{
  OhDeskCertificate *self = host;

  g_task_set_task_data (task, g_object_ref (self), g_object_unref);
  oh_phone_probe_async (self->phone, NULL, on_looked, task);
}

static const char *
get_host (gpointer host)
{
  return OH_DESK_CERTIFICATE (host)->host;
}

/* --- trusting the authority ----------------------------------------------------------------- */

/* What is to be trusted: the task's data. */
typedef struct
{
  OhDeskCertificate *self; /* (owned) */
  char *ca_file;           /* (owned) */
  char *expected_name;     /* (owned) */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->self);
  g_free (wish->ca_file);
  g_free (wish->expected_name);
  g_free (wish);
}

static gboolean
holds (const Wish *wish, GTlsCertificate *certificate, GError **error)
{
  const OhPhoneTrust rule = {
    .mode = OH_PHONE_TRUST_CA,
    .ca_file = wish->ca_file,
    .expected_name = wish->expected_name,
  };
  g_autoptr (OhPhoneTls) tls = oh_phone_tls_new (&rule);
  g_autofree char *fingerprint = NULL;

  /* the MAC that the phone told counts only where the phone was trusted already: not here */
  return oh_phone_tls_judge (tls, certificate, wish->self->host, NULL, &fingerprint, error) ==
         OH_PHONE_VERDICT_ACCEPTED;
}

static void
on_looked_to_trust (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Wish *wish = g_task_get_task_data (task);
  OhDeskCertificate *self = wish->self;
  GError *error = NULL;
  GTlsCertificate *certificate = seen_now (self, result, &error);

  if (certificate != NULL && holds (wish, certificate, &error) &&
      oh_config_store_authority (self->config, oh_phone_get_id (self->phone), wish->ca_file,
                                 wish->expected_name, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
trust (gpointer host, const char *ca_file, const char *expected_name, GTask *task)
{
  OhDeskCertificate *self = host;
  Wish *wish = g_new (Wish, 1);

  *wish = (Wish){ g_object_ref (self), g_strdup (ca_file), g_strdup (expected_name) };
  g_task_set_task_data (task, wish, wish_free);
  oh_phone_probe_async (self->phone, NULL, on_looked_to_trust, task);
}

static const OhBusCertificateHost host_methods = {
  .look = look,
  .get_host = get_host,
  .trust = trust,
};

/* --- object --------------------------------------------------------------------------------- */

static void
oh_desk_certificate_dispose (GObject *object)
{
  OhDeskCertificate *self = OH_DESK_CERTIFICATE (object);

  oh_desk_certificate_stop (self);
  g_clear_object (&self->phone);
  g_clear_object (&self->config);
  g_clear_pointer (&self->host, g_free);
  G_OBJECT_CLASS (oh_desk_certificate_parent_class)->dispose (object);
}

static void
oh_desk_certificate_class_init (OhDeskCertificateClass *class)
{
  G_OBJECT_CLASS (class)->dispose = oh_desk_certificate_dispose;
}

static void
oh_desk_certificate_init (OhDeskCertificate *self)
{
}

OhDeskCertificate *
oh_desk_certificate_new (OhPhone *phone, GDBusObjectSkeleton *object, OhConfig *config)
{
  OhDeskCertificate *self = g_object_new (OH_TYPE_DESK_CERTIFICATE, NULL);
  g_autoptr (GSocketConnectable) address =
    g_network_address_parse (oh_phone_get_host (phone), 0, NULL);

  self->phone = g_object_ref (phone);
  self->config = g_object_ref (config);
  self->host =
    g_strdup (address != NULL ? g_network_address_get_hostname (G_NETWORK_ADDRESS (address))
                              : oh_phone_get_host (phone));
  self->interface = oh_bus_certificate_new (object, &host_methods, self);
  g_signal_connect_swapped (phone, "notify::fingerprint", G_CALLBACK (on_notify), self);
  g_signal_connect_swapped (phone, "notify::state", G_CALLBACK (on_notify), self);
  on_alarm (self);
  return self;
}

void
oh_desk_certificate_stop (OhDeskCertificate *self)
{
  if (self->interface == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->phone, self);
  oh_clock_clear_alarm (oh_phone_get_clock (self->phone), &self->alarm);
  g_clear_pointer (&self->interface, oh_bus_certificate_free);
}

void
oh_desk_certificate_apply (OhDeskCertificate *self, const OhConfigPhone *settings)
{
  self->date_counts =
    (g_str_equal (settings->trust, "ca") || g_str_equal (settings->trust, "factory")) &&
    !settings->ignore_date;
  show_date (self);
}
