/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "association.h"

#include <string.h>

#include "fake-mechanism.h"

#define SECONDS(n) ((gint64) (n) *G_USEC_PER_SEC)
#define REALM "SIP Communications Service"
#define HOST "fe1.fabrikam.test"
#define BEGIN_US 7 /* some moment */

/* An association whose ticket has @life_s left, at BEGIN_US; the first header is still to be sent
 * and carries a token and, from version 4 on, a signature. */
static OhAssociation *
established (gint64 life_s, guint version)
{
  const OhMechanismOrder order = { .scheme = OH_AUTH_SCHEME_KERBEROS, .host = HOST };
  const OhAuthChallenge challenge = { .scheme = OH_AUTH_SCHEME_KERBEROS,
                                      .realm = (char *) REALM,
                                      .target = (char *) "sip/" HOST,
                                      .version = version };
  OhFakePlan *plan = oh_fake_plan_reset ();
  g_autoptr (OhMechanism) mechanism = oh_fake_mechanism_make (&order);
  OhAssociation *association = oh_association_new (mechanism, &challenge, OH_AUTH_FAMILY_WWW);

  plan->life_s = life_s;
  oh_association_take_token (association, g_bytes_new_static ("t", 1), NULL, TRUE, BEGIN_US);
  return association;
}

static OhSipMessage *
request (void)
{
  OhSipMessage *out = oh_sip_message_new_request ("OPTIONS", "sip:fabrikam.test");

  oh_sip_message_add (out, "From", "<sip:anna@fabrikam.test>;tag=1");
  oh_sip_message_add (out, "To", "<sip:fabrikam.test>");
  oh_sip_message_add (out, "Call-ID", "c");
  oh_sip_message_add (out, "CSeq", "1 OPTIONS");
  return out;
}

/* Eight hours or the ticket's end, whichever comes first, and when the next handshake begins. A
 * ticket that nobody renews leads neither to ever shorter pauses nor to one after its end. */
static void
test_life (void)
{
  static const struct
  {
    gint64 ticket_s, life_s, renew_s;
  } cases[] = {
    { OH_MECHANISM_UNLIMITED, 8 * 3600, 8 * 3600 - 300 },
    { 8 * 3600 + 1, 8 * 3600, 8 * 3600 - 300 }, /* the server forgets it all the same */
    { 8 * 3600, 8 * 3600, 8 * 3600 - 300 },
    { 8 * 3600 - 1, 8 * 3600 - 1, 8 * 3600 - 301 },
    { 600, 600, 300 },
    { 598, 598, 299 },
    { 120, 120, 60 },
    { 119, 119, 60 },
    { 60, 60, 60 },
    { 59, 59, 59 },
    { 0, 0, 0 },
    { -5, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhAssociation) association = established (cases[i].ticket_s, 4);

      g_assert_cmpint (oh_association_end_us (association), ==,
                       BEGIN_US + SECONDS (cases[i].life_s));
      g_assert_cmpint (oh_association_renew_us (association), ==,
                       BEGIN_US + SECONDS (cases[i].renew_s));
    }
}

/* When nothing may be signed with it any more: at the limit and one before. */
static void
test_is_over (void)
{
  g_autoptr (OhAssociation) association = established (3600, 4);
  g_autoptr (OhSipMessage) out = request ();

  g_assert_null (oh_association_is_over (association, BEGIN_US + SECONDS (3600) - 1, 7200));
  g_assert_nonnull (oh_association_is_over (association, BEGIN_US + SECONDS (3600), 7200));
  g_assert_null (oh_association_is_over (association, BEGIN_US + SECONDS (900) - 1, 900));
  g_assert_nonnull (oh_association_is_over (association, BEGIN_US + SECONDS (900), 900));
  /* what we send keeps it in use */
  g_assert_true (oh_association_protect (association, out, BEGIN_US + SECONDS (899), NULL));
  g_assert_null (oh_association_is_over (association, BEGIN_US + SECONDS (1799) - 1, 900));
  g_assert_nonnull (oh_association_is_over (association, BEGIN_US + SECONDS (1799), 900));
}

/* cnum goes up by one with each message and never comes round. */
static void
test_numbers (void)
{
  g_autoptr (OhAssociation) association = established (3600, 4);

  for (guint i = 1; i <= 300; i++)
    {
      g_autoptr (OhSipMessage) out = request ();
      g_autofree char *part = g_strdup_printf (", cnum=\"%u\",", i);

      g_assert_true (oh_association_protect (association, out, BEGIN_US, NULL));
      g_assert_nonnull (strstr (oh_sip_message_get (out, "Authorization"), part));
    }
  oh_association_set_count (association, OH_ASSOCIATION_COUNT_MAX - 1);
  g_assert_null (oh_association_is_over (association, BEGIN_US, 60));
  {
    g_autoptr (OhSipMessage) last = request ();

    g_assert_true (oh_association_protect (association, last, BEGIN_US, NULL));
    g_assert_nonnull (
      strstr (oh_sip_message_get (last, "Authorization"), ", cnum=\"4294967295\","));
  }
  g_assert_nonnull (oh_association_is_over (association, BEGIN_US, 60));
}

/* Whose credentials a message of ours carries. */
static void
test_signed (void)
{
  static const struct
  {
    const char *header, *value;
    gboolean ours;
  } cases[] = {
    { "Authorization", "Kerberos realm=\"" REALM "\", targetname=\"sip/" HOST "\", cnum=\"1\"",
      TRUE },
    { "Authorization", "Kerberos realm=\"" REALM "\", targetname=\"sip/FE1.Fabrikam.Test\"", TRUE },
    { "Authorization", "Kerberos realm=\"" REALM "\", targetname=\"sip/fe2.fabrikam.test\"",
      FALSE },
    { "Authorization", "Kerberos realm=\"other\", targetname=\"sip/" HOST "\"", FALSE },
    { "Authorization", "NTLM realm=\"" REALM "\", targetname=\"" HOST "\"", FALSE },
    { "Proxy-Authorization", "Kerberos realm=\"" REALM "\", targetname=\"sip/" HOST "\"", FALSE },
    { "Subject", "hello", FALSE },
  };
  g_autoptr (OhAssociation) association = established (3600, 4);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) out = request ();

      oh_sip_message_add (out, "Authorization", "NTLM realm=\"x\", targetname=\"other\"");
      oh_sip_message_add (out, cases[i].header, cases[i].value);
      g_assert_cmpint (oh_association_signed (association, out), ==, cases[i].ours);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/association/life", test_life);
  g_test_add_func ("/association/is-over", test_is_over);
  g_test_add_func ("/association/numbers", test_numbers);
  g_test_add_func ("/association/signed", test_signed);
  return g_test_run ();
}
