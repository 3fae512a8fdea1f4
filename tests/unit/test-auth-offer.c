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

static void
test_collect (void)
{
  static const struct
  {
    const char *head;
    OhAuthFamily family;
    guint n;
  } cases[] = {
    { "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: NTLM realm=\"R\"\r\n"
      "WWW-Authenticate: Kerberos realm=\"R\", TLS-DSK realm=\"R\"\r\n"
      "Proxy-Authenticate: Digest realm=\"x\"\r\n",
      OH_AUTH_FAMILY_WWW, 3 },
    { "SIP/2.0 407 Proxy\r\nProxy-Authenticate: NTLM realm=\"R\"\r\n", OH_AUTH_FAMILY_PROXY, 1 },
    { "SIP/2.0 407 Proxy\r\nWWW-Authenticate: NTLM realm=\"R\"\r\n", OH_AUTH_FAMILY_WWW, 1 },
    { "SIP/2.0 401 Unauthorized\r\nProxy-Authenticate: NTLM realm=\"R\"\r\n", OH_AUTH_FAMILY_PROXY,
      1 },
    { "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: NTLM realm=\"R\r\n"
      "WWW-Authenticate: Kerberos realm=\"R\"\r\n",
      OH_AUTH_FAMILY_WWW, 1 },
    { "SIP/2.0 401 Unauthorized\r\n", OH_AUTH_FAMILY_PROXY, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *whole = g_strconcat (cases[i].head, "Content-Length: 0\r\n\r\n", NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (whole, strlen (whole));
      g_autoptr (OhSipMessage) message = oh_sip_message_parse (bytes, NULL);
      g_autoptr (GPtrArray) offers = NULL;
      OhAuthFamily family;

      g_assert_nonnull (message);
      offers = oh_auth_offers_collect (message, &family);
      g_assert_cmpuint (offers->len, ==, cases[i].n);
      if (cases[i].n > 0)
        g_assert_cmpint (family, ==, cases[i].family);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth-offer/allowed", test_allowed);
  g_test_add_func ("/auth-offer/collect", test_collect);
  return g_test_run ();
}
