/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "endpoint.h"

#include <string.h>

#define EPID "9f27c46e10ab"
#define INSTANCE "f066452c-0d2f-55f2-a012-a8b37bea8f50"

static OhSipMessage *
ok_with (const char *contacts)
{
  g_autofree char *text =
    g_strdup_printf ("SIP/2.0 200 OK\r\n%sContent-Length: 0\r\n\r\n", contacts);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return oh_sip_message_parse (bytes, NULL);
}

/* The server derives the same and compares. */
static void
test_instance (void)
{
  g_autofree char *instance = oh_endpoint_instance (EPID);

  g_assert_cmpstr (instance, ==, INSTANCE);
}

static void
test_epid (void)
{
  g_autofree char *one = oh_endpoint_make_epid ("sip:anna@fabrikam.test", "machine");
  g_autofree char *same = oh_endpoint_make_epid ("SIP:Anna@Fabrikam.test", "machine");
  g_autofree char *elsewhere = oh_endpoint_make_epid ("sip:anna@fabrikam.test", "other");
  g_autofree char *somebody = oh_endpoint_make_epid ("sip:bob@fabrikam.test", "machine");

  g_assert_true (oh_endpoint_epid_is_valid (one));
  g_assert_cmpuint (strlen (one), ==, 12);
  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, elsewhere);
  g_assert_cmpstr (one, !=, somebody);
  g_assert_true (oh_endpoint_epid_is_valid ("0123456789abcDEF"));
  g_assert_false (oh_endpoint_epid_is_valid ("0123456789abcdef0"));
  g_assert_false (oh_endpoint_epid_is_valid (""));
  g_assert_false (oh_endpoint_epid_is_valid ("xyz"));
  g_assert_false (oh_endpoint_epid_is_valid (NULL));
}

static void
test_contact (void)
{
  g_autofree char *contact = oh_endpoint_register_contact ("[2001:db8::1]", 50611, EPID);

  g_assert_true (g_str_has_prefix (contact, "<sip:[2001:db8::1]:50611;transport=tls;"));
  g_assert_nonnull (strstr (contact, ";proxy=replace;+sip.instance=\"<urn:uuid:" INSTANCE ">\""));
}

static void
test_gruu (void)
{
  static const struct
  {
    const char *contacts, *gruu;
  } cases[] = {
    { "Contact: <sip:10.0.0.9:5>;+sip.instance=\"<urn:uuid:00000000-0000-0000-0000-000000000000>\";"
      "gruu=\"sip:a@b;opaque=other;gruu\", <sip:10.0.0.1:5>;expires=7200;"
      "+sip.instance=\"<urn:uuid:F066452C-0D2F-55F2-A012-A8B37BEA8F50>\";"
      "gruu=\"sip:a@b;opaque=user:epid:LEVm8C8N8lWgEqize-qPUAAA;gruu\"\r\n",
      "sip:a@b;opaque=user:epid:LEVm8C8N8lWgEqize-qPUAAA;gruu" },
    { "Contact: <sip:10.0.0.9:5>;gruu=\"sip:a@b;opaque=1;gruu\"\r\n", NULL },
    { "Contact: <sip:10.0.0.9:5>;+sip.instance=\"<urn:uuid:" INSTANCE ">\"\r\n", NULL },
    /* what would break out of our Contact */
    { "Contact: <sip:10.0.0.9:5>;+sip.instance=\"<urn:uuid:" INSTANCE
      ">\";gruu=\"sip:a@b>;x=<y\"\r\n",
      NULL },
    { "Contact: <sip:10.0.0.9:5>;+sip.instance=\"<urn:uuid:" INSTANCE ">\";gruu=\"http://x\"\r\n",
      NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) ok = ok_with (cases[i].contacts);
      g_autofree char *gruu = oh_endpoint_gruu (ok, EPID);

      g_assert_cmpstr (gruu, ==, cases[i].gruu);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoint/instance", test_instance);
  g_test_add_func ("/endpoint/epid", test_epid);
  g_test_add_func ("/endpoint/contact", test_contact);
  g_test_add_func ("/endpoint/gruu", test_gruu);
  return g_test_run ();
}
