/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-auth.h"

#include <string.h>

#include "fe-event.h"
#include "fe-signature.h"
#include "fe-value.h"

struct _FeAuth
{
  const FeConfig *config; /* unowned */
  FeAcceptor *kerberos;   /* (owned) (nullable) */
  FeAcceptor *ntlm;       /* (owned) (nullable) */
  GHashTable *by_opaque;  /* (owned) (element-type utf8 FeAssociation) */
  int life_s, idle_s;     /* 0 for never */
};

FeAssociation *
fe_association_ref (FeAssociation *self)
{
  return g_rc_box_acquire (self);
}

const char *
fe_association_peer (const FeAssociation *self)
{
  return fe_context_peer (self->context);
}

static void
association_clear (gpointer data)
{
  FeAssociation *self = data;

  g_free (self->opaque);
  g_free (self->aor);
  g_free (self->epid);
  g_clear_pointer (&self->token, g_bytes_unref);
  fe_context_free (self->context);
  g_clear_pointer (&self->proxy, fe_association_unref);
}

void
fe_association_unref (FeAssociation *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, association_clear);
}

void
fe_association_set_proxy (FeAssociation *self, FeAssociation *proxy)
{
  FeAssociation *kept = proxy != NULL ? fe_association_ref (proxy) : NULL;

  g_clear_pointer (&self->proxy, fe_association_unref);
  self->proxy = kept;
}

FeAuth *
fe_auth_new (const FeConfig *config, FeAcceptor *kerberos, FeAcceptor *ntlm)
{
  FeAuth *self = g_new0 (FeAuth, 1);

  self->config = config;
  self->life_s = config->association_life_s;
  self->idle_s = config->association_idle_s;
  self->kerberos = kerberos;
  self->ntlm = ntlm;
  self->by_opaque =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) fe_association_unref);
  return self;
}

void
fe_auth_free (FeAuth *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_opaque);
  fe_acceptor_free (self->kerberos);
  fe_acceptor_free (self->ntlm);
  g_free (self);
}

void
fe_auth_result_clear (FeAuthResult *result)
{
  g_clear_pointer (&result->association, fe_association_unref);
  g_clear_pointer (&result->continuation, g_free);
  g_clear_pointer (&result->reason, g_free);
}

static const char *
challenge_header (FeAuth *self)
{
  return self->config->proxy_family ? "Proxy-Authenticate" : "WWW-Authenticate";
}

static const char *
target_of (FeAuth *self, const char *scheme)
{
  return strcmp (scheme, "NTLM") == 0 ? self->config->ntlm_target : self->config->kerberos_target;
}

/* ", version=4"; nothing for 2, which has no parameter. */
static char *
version_suffix (FeAuth *self)
{
  return self->config->version >= 3 ? g_strdup_printf (", version=%u", self->config->version)
                                    : g_strdup ("");
}

void
fe_auth_offer (FeAuth *self, FeMessage *response)
{
  g_autofree char *version = version_suffix (self);
  if (self->config->offer_tls_dsk)
    fe_message_add (response, challenge_header (self),
                    "TLS-DSK realm=\"%s\", targetname=\"%s\"%s, "
                    "sts-uri=\"https://%s:443/CertProv/CertProvisioningService.svc\"",
                    self->config->realm, self->config->server, version, self->config->server);
  if (self->kerberos != NULL)
    fe_message_add (response, challenge_header (self), "Kerberos realm=\"%s\", targetname=\"%s\"%s",
                    self->config->realm, target_of (self, "Kerberos"), version);
  if (self->ntlm != NULL)
    fe_message_add (response, challenge_header (self), "NTLM realm=\"%s\", targetname=\"%s\"%s",
                    self->config->realm, target_of (self, "NTLM"), version);
}

static const char *
word (GHashTable *credentials, const char *name)
{
  const char *value = g_hash_table_lookup (credentials, name);

  return value != NULL ? value : "";
}

static FeAssociation *
new_association (FeAuth *self, const char *scheme, const char *aor, const char *epid)
{
  FeAssociation *association = g_rc_box_new0 (FeAssociation);

  association->scheme = strcmp (scheme, "NTLM") == 0 ? "NTLM" : "Kerberos";
  association->aor = g_strdup (aor);
  association->epid = g_strdup (epid);
  association->auth = self;
  association->since_us = association->used_us = g_get_monotonic_time ();
  association->opaque = g_strdup_printf ("%08X", g_random_int ());
  association->context =
    fe_context_new (strcmp (scheme, "NTLM") == 0 ? self->ntlm : self->kerberos);
  g_hash_table_replace (self->by_opaque, association->opaque, association);
  return association;
}

/* What [MS-SIPAE] wants beside token and signature. */
static void
check_words (FeAuth *self, const char *scheme, GHashTable *credentials, const char *aor)
{
  g_autofree char *version = g_strdup_printf ("%u", self->config->version);
  const char *expected = self->config->version >= 3 ? version : "";
  gboolean handshake = g_hash_table_contains (credentials, "gssapi-data");

  if (strcmp (word (credentials, "realm"), self->config->realm) != 0)
    fe_event_violation (aor, "realm", "\"%s\"", word (credentials, "realm"));
  if (strcmp (word (credentials, "targetname"), target_of (self, scheme)) != 0)
    fe_event_violation (aor, "targetname", "\"%s\"", word (credentials, "targetname"));
  if (strcmp (word (credentials, "qop"), "auth") != 0)
    fe_event_violation (aor, "qop", "\"%s\"", word (credentials, "qop"));
  if (handshake && strcmp (word (credentials, "version"), expected) != 0)
    fe_event_violation (aor, "version", "\"%s\" instead of \"%s\"", word (credentials, "version"),
                        expected);
  if (!handshake && g_hash_table_contains (credentials, "version"))
    fe_event_violation (aor, "version", "in a message that is only signed");
}

/* Numbers may come in any order but never twice, and never 256 behind. */
static gboolean
take_number (FeAssociation *association, const char *text)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &number, NULL))
    return FALSE;
  if (number > association->cnum_last)
    {
      if (number - association->cnum_last > 255)
        fe_event_violation (association->aor, "cnum-skip", "%s after %" G_GUINT64_FORMAT, text,
                            association->cnum_last);
      for (guint64 n = association->cnum_last + 1; n < number && n <= association->cnum_last + 256;
           n++)
        association->seen[n % 256] = 0;
      association->cnum_last = number;
    }
  else if (association->cnum_last - number >= 256 || association->seen[number % 256])
    return FALSE;
  association->seen[number % 256] = 1;
  association->used_us = g_get_monotonic_time ();
  return TRUE;
}

static gboolean
verify (FeAuth *self, FeAssociation *association, const FeMessage *message, GHashTable *credentials,
        const char *scheme, FeAuthResult *result)
{
  FeSignatureFacts facts = {
    .scheme = scheme,
    .salt = word (credentials, "crand"),
    .number = word (credentials, "cnum"),
    .realm = word (credentials, "realm"),
    .target = word (credentials, "targetname"),
  };
  g_autofree char *text = fe_signature_text (message, &facts, self->config->version);
  g_autoptr (GError) error = NULL;

  if (!fe_context_verify (association->context, text, word (credentials, "response"), &error))
    {
      result->reason = g_strdup_printf ("%s; text %s", error->message, text);
      return FALSE;
    }
  if (strlen (facts.salt) != 8)
    fe_event_violation (association->aor, "crand", "\"%s\"", facts.salt);
  if (!take_number (association, facts.number))
    {
      result->reason = g_strdup_printf ("cnum \"%s\" was used before", facts.number);
      return FALSE;
    }
  return TRUE;
}

static void
set_continuation (FeAuth *self, FeAssociation *association, GBytes *token, FeAuthResult *result)
{
  gsize length = 0;
  const guchar *octets = g_bytes_get_data (token, &length);
  g_autofree char *base64 = g_base64_encode (octets, length);
  g_autofree char *version = version_suffix (self);

  result->verdict = FE_AUTH_CONTINUE;
  result->continuation =
    g_strdup_printf ("%s opaque=\"%s\", gssapi-data=\"%s\", targetname=\"%s\", realm=\"%s\"%s",
                     association->scheme, association->opaque, base64,
                     target_of (self, association->scheme), self->config->realm, version);
}

static GBytes *
decode_token (const char *base64)
{
  gsize length = 0;
  guchar *octets;

  if (*base64 == '\0')
    return NULL;
  octets = g_base64_decode (base64, &length);
  return g_bytes_new_take (octets, length);
}

static void
step (FeAuth *self, FeAssociation *association, const FeMessage *message, GHashTable *credentials,
      const char *scheme, FeAuthResult *result)
{
  g_autoptr (GBytes) input = decode_token (word (credentials, "gssapi-data"));
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_signed = g_hash_table_contains (credentials, "response");

  output = fe_context_step (association->context, input, &association->ready, &error);
  if (error != NULL)
    {
      result->verdict = FE_AUTH_REFUSED;
      result->reason = g_strdup (error->message);
      return;
    }
  if (!association->ready && output != NULL)
    {
      set_continuation (self, association, output, result);
      return;
    }
  association->token = g_steal_pointer (&output);
  result->established = TRUE;
  result->verdict = FE_AUTH_SIGNED;
  /* Up to version 3 the message with the last token goes unsigned, with 4 it is signed. */
  if (self->config->version < 4 && is_signed)
    fe_event_violation (association->aor, "signed-too-early", "version %u", self->config->version);
  if (self->config->version >= 4 &&
      !verify (self, association, message, credentials, scheme, result))
    result->verdict = FE_AUTH_BAD_SIGNATURE;
}

static void
handshake (FeAuth *self, const FeMessage *message, GHashTable *credentials, const char *scheme,
           const char *aor, const char *epid, FeAuthResult *result)
{
  const char *opaque = word (credentials, "opaque");
  FeAssociation *association = g_hash_table_lookup (self->by_opaque, opaque);

  if (association != NULL && (association->ready || strcmp (association->scheme, scheme) != 0))
    association = NULL;
  if (association == NULL && *opaque != '\0')
    {
      result->verdict = FE_AUTH_UNKNOWN;
      return;
    }
  if (association == NULL)
    association = new_association (self, scheme, aor, epid);
  result->association = fe_association_ref (association);
  step (self, association, message, credentials, scheme, result);
  if (result->verdict == FE_AUTH_REFUSED || result->verdict == FE_AUTH_BAD_SIGNATURE)
    g_hash_table_remove (self->by_opaque, association->opaque);
}

static gboolean
is_past (gint64 since_us, int limit_s)
{
  return limit_s > 0 && g_get_monotonic_time () - since_us > limit_s * G_TIME_SPAN_SECOND;
}

static gboolean
is_over (FeAuth *self, const FeAssociation *association)
{
  return is_past (association->since_us, self->life_s) ||
         is_past (association->used_us, self->idle_s);
}

void
fe_auth_set_life (FeAuth *self, int life_s, int idle_s)
{
  self->life_s = life_s;
  self->idle_s = idle_s;
}

static void
check_signature (FeAuth *self, const FeMessage *message, GHashTable *credentials,
                 const char *scheme, const char *aor, const char *epid, FeAuthResult *result)
{
  FeAssociation *association = g_hash_table_lookup (self->by_opaque, word (credentials, "opaque"));
  if (association != NULL && is_over (self, association))
    {
      g_hash_table_remove (self->by_opaque, association->opaque);
      association = NULL;
    }
  if (association == NULL || !association->ready || strcmp (association->scheme, scheme) != 0)
    {
      result->verdict = FE_AUTH_UNKNOWN;
      return;
    }
  result->association = fe_association_ref (association);
  /* In a response the client is the To. */
  if (message->status == 0 &&
      (strcmp (association->aor, aor) != 0 || g_strcmp0 (association->epid, epid) != 0))
    {
      result->verdict = FE_AUTH_BAD_SIGNATURE;
      result->reason =
        g_strdup_printf ("the association of %s;epid=%s", association->aor, association->epid);
      return;
    }
  result->verdict = verify (self, association, message, credentials, scheme, result)
                      ? FE_AUTH_SIGNED
                      : FE_AUTH_BAD_SIGNATURE;
}

static gboolean
is_for_us (FeAuth *self, const char *value)
{
  g_autofree char *scheme = NULL;
  g_autoptr (GHashTable) credentials = fe_value_credentials (value, &scheme);
  const char *target = credentials != NULL ? word (credentials, "targetname") : "";

  return g_ascii_strcasecmp (target, self->config->ntlm_target) == 0 ||
         g_ascii_strcasecmp (target, self->config->kerberos_target) == 0;
}

/* The credentials that name us, wherever they stand. One header of the family that we challenge
 * with; the other one, or two of them, is a violation. Where nothing names us, the first header of
 * our family has to do, so that a wrong name is found out. */
static const char *
find_credentials (FeAuth *self, const FeMessage *message, const char *aor)
{
  const char *ours = self->config->proxy_family ? "Proxy-Authorization" : "Authorization";
  const char *found = NULL;

  for (guint i = 0; i < message->headers->len; i++)
    {
      const FeHeader *header = message->headers->pdata[i];
      gboolean right = g_ascii_strcasecmp (header->name, ours) == 0;

      if ((!right && g_ascii_strcasecmp (header->name, "Authorization") != 0 &&
           g_ascii_strcasecmp (header->name, "Proxy-Authorization") != 0) ||
          !is_for_us (self, header->value))
        continue;
      if (!right)
        fe_event_violation (aor, "credentials-header", "%s", header->name);
      else if (found != NULL)
        fe_event_violation (aor, "credentials-twice", "%s", header->value);
      else
        found = header->value;
    }
  return found != NULL || self->config->shares_path ? found : fe_message_get (message, ours);
}

void
fe_auth_check (FeAuth *self, const FeMessage *message, FeAuthResult *result)
{
  const char *party = fe_message_get (message, message->status == 0 ? "From" : "To");
  g_autofree char *uri = party != NULL ? fe_value_uri (party) : g_strdup ("");
  g_autofree char *aor = fe_value_aor (uri);
  g_autofree char *epid = party != NULL ? fe_value_parameter (party, "epid") : NULL;
  const char *header = find_credentials (self, message, aor);
  g_autoptr (GHashTable) credentials = NULL;
  g_autofree char *scheme = NULL;

  *result = (FeAuthResult){ .verdict = FE_AUTH_UNSIGNED };
  if (header == NULL)
    return;
  credentials = fe_value_credentials (header, &scheme);
  if (credentials == NULL || !((strcmp (scheme, "NTLM") == 0 && self->ntlm != NULL) ||
                               (strcmp (scheme, "Kerberos") == 0 && self->kerberos != NULL)))
    {
      fe_event_violation (aor, "credentials", "%s", header);
      return;
    }
  check_words (self, scheme, credentials, aor);
  if (g_hash_table_contains (credentials, "gssapi-data"))
    handshake (self, message, credentials, scheme, aor, epid, result);
  else
    check_signature (self, message, credentials, scheme, aor, epid, result);
}

/* One wrong digit in the checksum, which is neither the first nor the last thing in it. */
static void
spoil (char *hex)
{
  char *digit = hex + strlen (hex) / 2;

  *digit = *digit == 'A' ? 'B' : 'A';
}

void
fe_auth_sign (FeAssociation *association, FeMessage *message, gboolean garble)
{
  FeAuth *self = association->auth;
  g_autofree char *srand_text = g_strdup_printf ("%08X", g_random_int ());
  g_autofree char *snum = g_strdup_printf ("%u", ++association->snum);
  FeSignatureFacts facts = {
    .scheme = association->scheme,
    .salt = srand_text,
    .number = snum,
    .realm = self->config->realm,
    .target = target_of (self, association->scheme),
  };
  g_autofree char *text = fe_signature_text (message, &facts, self->config->version);
  g_autofree char *hex = NULL;
  g_autofree char *token = g_strdup ("");
  g_autoptr (GError) error = NULL;

  hex = fe_context_sign (association->context, text, &error);
  if (hex == NULL)
    {
      fe_event ("error", "details:s", error->message, NULL);
      return;
    }
  if (garble)
    spoil (hex);
  if (association->token != NULL)
    {
      gsize length = 0;
      const guchar *octets = g_bytes_get_data (association->token, &length);
      g_autofree char *base64 = g_base64_encode (octets, length);

      g_free (token);
      token = g_strdup_printf (", gssapi-data=\"%s\"", base64);
      g_clear_pointer (&association->token, g_bytes_unref);
    }
  fe_message_add (message,
                  self->config->proxy_family ? "Proxy-Authentication-Info" : "Authentication-Info",
                  "%s rspauth=\"%s\", srand=\"%s\", snum=\"%s\", opaque=\"%s\", qop=\"auth\", "
                  "targetname=\"%s\", realm=\"%s\"%s",
                  association->scheme, hex, srand_text, snum, association->opaque,
                  target_of (self, association->scheme), self->config->realm, token);
}

guint
fe_auth_forget (FeAuth *self, const char *aor)
{
  GHashTableIter iter;
  gpointer value;
  guint forgotten = 0;

  g_hash_table_iter_init (&iter, self->by_opaque);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      FeAssociation *association = value;

      if (aor != NULL && strcmp (association->aor, aor) != 0)
        continue;
      g_hash_table_iter_remove (&iter);
      forgotten++;
    }
  return forgotten;
}
