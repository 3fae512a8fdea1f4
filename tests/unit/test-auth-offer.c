/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "auth-offer.h"

#include <string.h>

/* Which names a ticket may be made for: the peer chose them and is not yet authenticated. */
static void
test_allowed (void)
{
  static const struct
  {
    OhAuthScheme scheme;
    const char *target;
    const char *known; /* server of the association that stands */
    gboolean over_tls, over_tcp;
  } cases[] = {
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe1.fabrikam.test", NULL, TRUE, TRUE },
    { OH_AUTH_SCHEME_KERBEROS, "SIP/FE1.fabrikam.test", NULL, TRUE, TRUE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/other.contoso.test", NULL, TRUE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "http/fe1.fabrikam.test", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "cifs/fe1.fabrikam.test", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "host/fe1.fabrikam.test", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sips/fe1.fabrikam.test", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "fe1.fabrikam.test", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe1", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe1.fabrikam.test/x", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/sip/fe1.fabrikam.test", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe1.fabrikam.test@CONTOSO.TEST", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe1.fabrikam.test:5061", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/192.0.2.1", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/.fabrikam.test", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe1..fabrikam.test", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, NULL, NULL, FALSE, FALSE },
    /* a later challenge */
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe2.corp.test", "FE2.corp.test", TRUE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe1.fabrikam.test", "fe2.corp.test", TRUE, TRUE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe3.deep.fabrikam.test", "fe2.corp.test", TRUE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe3.evilfabrikam.test", "fe2.corp.test", FALSE, FALSE },
    { OH_AUTH_SCHEME_KERBEROS, "sip/fe3.corp.test", "fe2.corp.test", FALSE, FALSE },
    /* NTLM has the bare name */
    { OH_AUTH_SCHEME_NTLM, "fe1.fabrikam.test", NULL, TRUE, TRUE },
    { OH_AUTH_SCHEME_NTLM, "FE1", NULL, TRUE, FALSE },
    { OH_AUTH_SCHEME_NTLM, "sip/fe1.fabrikam.test", NULL, FALSE, FALSE },
    { OH_AUTH_SCHEME_NTLM, NULL, NULL, FALSE, FALSE },
  };
  static const char *const trusted[] = { "fabrikam.test", NULL };
  const OhAuthPeer tls = { "fe1.fabrikam.test", TRUE, trusted };
  const OhAuthPeer tcp = { "fe1.fabrikam.test", FALSE, trusted };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhAuthChallenge offer = { .scheme = cases[i].scheme,
                                      .target = (char *) cases[i].target };

      g_test_message ("%s", cases[i].target != NULL ? cases[i].target : "(none)");
      g_assert_cmpint (oh_auth_offer_allowed (&offer, &tls, cases[i].known), ==, cases[i].over_tls);
      g_assert_cmpint (oh_auth_offer_allowed (&offer, &tcp, cases[i].known), ==, cases[i].over_tcp);
    }
}

static OhSipMessage *
response_with (const char *head)
{
  g_autofree char *whole = g_strconcat (head, "Content-Length: 0\r\n\r\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (whole, strlen (whole));
  OhSipMessage *message = oh_sip_message_parse (bytes, NULL);

  g_assert_nonnull (message);
  return message;
}

/* "W realm host NTLM Kerberos;P realm host NTLM;" */
static char *
describe (GPtrArray *offers)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < offers->len; i++)
    {
      const OhAuthOffer *offer = g_ptr_array_index (offers, i);

      g_string_append_printf (text, "%c %s %s", offer->family == OH_AUTH_FAMILY_WWW ? 'W' : 'P',
                              offer->realm, offer->host);
      for (guint n = 0; n < offer->challenges->len; n++)
        g_string_append_printf (
          text, " %s", ((OhAuthChallenge *) g_ptr_array_index (offer->challenges, n))->scheme_text);
      g_string_append_c (text, ';');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whose challenges they are, and in which header. */
static void
test_collect (void)
{
  static const struct
  {
    const char *head, *offers;
  } cases[] = {
    { "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: NTLM realm=\"R\"\r\n"
      "WWW-Authenticate: Kerberos realm=\"R\", TLS-DSK realm=\"R\"\r\n"
      "Proxy-Authenticate: Digest realm=\"x\"\r\n",
      "W R  NTLM Kerberos TLS-DSK;P   Digest;" },
    { "SIP/2.0 407 Proxy\r\nProxy-Authenticate: NTLM realm=\"R\"\r\n", "P R  NTLM;" },
    { "SIP/2.0 407 Proxy\r\nWWW-Authenticate: NTLM realm=\"R\"\r\n", "W R  NTLM;" },
    { "SIP/2.0 401 Unauthorized\r\nProxy-Authenticate: NTLM realm=\"R\"\r\n", "P R  NTLM;" },
    { "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: NTLM realm=\"R\r\n"
      "WWW-Authenticate: Kerberos realm=\"R\"\r\n",
      "W R  Kerberos;" },
    { "SIP/2.0 401 Unauthorized\r\n", "" },
    /* "sip/" and case do not make another server, the realm does */
    { "SIP/2.0 401 Unauthorized\r\n"
      "WWW-Authenticate: NTLM realm=\"R\", targetname=\"FE1.x\"\r\n"
      "WWW-Authenticate: Kerberos realm=\"R\", targetname=\"sip/fe1.x\"\r\n"
      "WWW-Authenticate: NTLM realm=\"r\", targetname=\"fe1.x\"\r\n",
      "W R FE1.x NTLM Kerberos;W r fe1.x NTLM;" },
    /* a forked request: two proxies and a registrar; Kerberos comes first */
    { "SIP/2.0 407 Proxy\r\n"
      "Proxy-Authenticate: NTLM realm=\"R\", targetname=\"p1.x\"\r\n"
      "Proxy-Authenticate: NTLM realm=\"R\", targetname=\"p2.x\", Kerberos realm=\"R\", "
      "targetname=\"sip/p2.x\"\r\n"
      "WWW-Authenticate: NTLM realm=\"R\", targetname=\"fe1.x\"\r\n",
      "P R p2.x NTLM Kerberos;P R p1.x NTLM;W R fe1.x NTLM;" },
    /* one server in both headers: that of the status */
    { "SIP/2.0 407 Proxy\r\n"
      "WWW-Authenticate: NTLM realm=\"R\", targetname=\"p1.x\"\r\n"
      "Proxy-Authenticate: NTLM realm=\"R\", targetname=\"p1.x\"\r\n",
      "P R p1.x NTLM;" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) message = response_with (cases[i].head);
      g_autoptr (GPtrArray) offers = oh_auth_offers_collect (message);
      g_autofree char *seen = describe (offers);

      g_assert_cmpstr (seen, ==, cases[i].offers);
    }
}

/* As many servers as the limit allows, and one more. */
static void
test_many_servers (void)
{
  for (guint n = OH_AUTH_SERVERS_MAX; n <= OH_AUTH_SERVERS_MAX + 1; n++)
    {
      g_autoptr (GString) head = g_string_new ("SIP/2.0 407 Proxy\r\n");
      g_autoptr (OhSipMessage) message = NULL;
      g_autoptr (GPtrArray) offers = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append_printf (
          head, "Proxy-Authenticate: NTLM realm=\"R\", targetname=\"p%u.x\"\r\n", i);
      message = response_with (head->str);
      offers = oh_auth_offers_collect (message);
      g_assert_cmpuint (offers->len, ==, OH_AUTH_SERVERS_MAX);
    }
}

/* The same server over and over, in lines of its own. */
static void
test_many_challenges (void)
{
  for (guint n = OH_AUTH_CHALLENGES_MAX; n <= OH_AUTH_CHALLENGES_MAX + 1; n++)
    {
      g_autoptr (GString) head = g_string_new ("SIP/2.0 401 Unauthorized\r\n");
      g_autoptr (OhSipMessage) message = NULL;
      g_autoptr (GPtrArray) offers = NULL;
      const OhAuthOffer *offer;

      for (guint i = 0; i < n; i++)
        g_string_append (head, "WWW-Authenticate: NTLM realm=\"R\", targetname=\"fe1.x\"\r\n");
      message = response_with (head->str);
      offers = oh_auth_offers_collect (message);
      g_assert_cmpuint (offers->len, ==, 1);
      offer = g_ptr_array_index (offers, 0);
      g_assert_cmpuint (offer->challenges->len, ==, OH_AUTH_CHALLENGES_MAX);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth-offer/allowed", test_allowed);
  g_test_add_func ("/auth-offer/collect", test_collect);
  g_test_add_func ("/auth-offer/many-servers", test_many_servers);
  g_test_add_func ("/auth-offer/many-challenges", test_many_challenges);
  return g_test_run ();
}
