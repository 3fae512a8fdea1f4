/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config-value.h"

#include "config.h"

static void
test_uri (void)
{
  static const struct
  {
    const char *text;
    const char *uri;
  } cases[] = {
    { "sip:alice@fabrikam.test", "sip:alice@fabrikam.test" },
    { "SIP:Alice@Fabrikam.TEST", "sip:Alice@fabrikam.test" },
    { "alice@fabrikam.test", "sip:alice@fabrikam.test" },
    { "anna.berg+1@fabrikam.test", "sip:anna.berg+1@fabrikam.test" },
    { "", NULL },
    { "sip:", NULL },
    { "alice", NULL },
    { "@fabrikam.test", NULL },
    { "alice@", NULL },
    { "alice@@fabrikam.test", NULL },
    { "alice@fabrikam.test;transport=tls", NULL },
    { "alice@fabrikam.test:5061", NULL },
    { "<sip:alice@fabrikam.test>", NULL },
    { "al ice@fabrikam.test", NULL },
    { "alice\n@fabrikam.test", NULL },
    { "tel:+4930123", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uri = oh_config_value_uri (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (uri, ==, cases[i].uri);
    }
}

static void
test_uri_limit (void)
{
  g_autofree char *user = g_strnfill (OH_CONFIG_URI_MAX - strlen ("@b"), 'a');
  g_autofree char *longest = g_strconcat (user, "@b", NULL);
  g_autofree char *longer = g_strconcat ("a", longest, NULL);
  g_autofree char *uri = oh_config_value_uri (longest);

  g_assert_nonnull (uri);
  g_assert_null (oh_config_value_uri (longer));
}

static void
test_address (void)
{
  static const struct
  {
    const char *text;
    const char *host;
    guint16 port;
  } cases[] = {
    { "fe1.fabrikam.test", "fe1.fabrikam.test", 0 },
    { "fe1.fabrikam.test:5061", "fe1.fabrikam.test", 5061 },
    { "192.0.2.10:443", "192.0.2.10", 443 },
    { "[2001:db8::1]:443", "2001:db8::1", 443 },
    { "[2001:db8::1]", "2001:db8::1", 0 },
    { "2001:db8::1", "2001:db8::1", 0 },
    { "h:65535", "h", 65535 },
    { "h:65536", NULL, 0 },
    { "h:0", NULL, 0 },
    { "h:", NULL, 0 },
    { "h:1:2", NULL, 0 },
    { "", NULL, 0 },
    { ":443", NULL, 0 },
    { "-rf", NULL, 0 },
    { "a b", NULL, 0 },
    { "a/b", NULL, 0 },
    { "user@host", NULL, 0 },
    { "[192.0.2.10]:443", NULL, 0 },
    { "[2001:db8::1", NULL, 0 },
    { "[2001:db8::1]x", NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *host = NULL;
      guint16 port = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (oh_config_value_address (cases[i].text, &host, &port), ==,
                       cases[i].host != NULL);
      g_assert_cmpstr (host, ==, cases[i].host);
      g_assert_cmpuint (port, ==, cases[i].port);
    }
}

static void
test_phone_address (void)
{
  static const struct
  {
    const char *text;
    const char *host;
    const char *scheme;
  } cases[] = {
    { "desk.example.test", "desk.example.test", NULL },
    { " desk:8443 ", "desk:8443", NULL },
    { "https://192.0.2.10/", "192.0.2.10", "https" },
    { "HTTP://desk:80", "desk:80", "http" },
    { "https://[2001:db8::1]:443/", "[2001:db8::1]:443", "https" },
    { "2001:db8::1", "[2001:db8::1]", NULL },
    { "https://user:secret@desk", NULL, "https" },
    { "https://desk/index.htm", NULL, "https" },
    { "ftp://desk", NULL, NULL },
    { "desk/", NULL, NULL },
    { "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *scheme = NULL;
      g_autofree char *host = oh_config_value_phone_address (cases[i].text, &scheme);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (host, ==, cases[i].host);
      g_assert_cmpstr (scheme, ==, cases[i].scheme);
    }
}

static void
test_phone_id (void)
{
  static const char *const taken[] = { "desk", "desk-2", "phone", NULL };
  static const struct
  {
    const char *host;
    const char *id;
  } cases[] = {
    { "Desk.example.test", "desk-3" },
    { "hall.example.test:443", "hall" },
    { "192.0.2.10", "phone-2" },
    { "[2001:db8::1]:443", "phone-2" },
    { "a-very-long-name-of-a-phone-in-the-hall.example.test", "a-very-long-name-of-a-phone-" },
  };
  g_autofree char *longest = g_strnfill (OH_CONFIG_PHONE_ID_MAX, 'x');
  g_autofree char *longer = g_strnfill (OH_CONFIG_PHONE_ID_MAX + 1, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = oh_config_value_phone_id (cases[i].host, taken);

      g_assert_cmpstr (id, ==, cases[i].id);
      g_assert_true (oh_config_value_is_phone_id (id));
    }
  g_assert_true (oh_config_value_is_phone_id (longest));
  g_assert_false (oh_config_value_is_phone_id (longer));
  g_assert_false (oh_config_value_is_phone_id (""));
  g_assert_false (oh_config_value_is_phone_id ("a/b"));
  g_assert_false (oh_config_value_is_phone_id ("ä"));
}

static void
test_fingerprint (void)
{
  const char *digits = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  g_autofree char *plain = oh_config_value_fingerprint (digits);
  g_autofree char *spaced = oh_config_value_fingerprint (
    "00:11:22:33 44:55:66:77 88:99:AA:BB CC:DD:EE:FF 00112233 44556677 8899AABB CCDDEEFF");
  g_autofree char *longer = g_strconcat (digits, "0", NULL);

  g_assert_cmpstr (plain, ==, digits);
  g_assert_cmpstr (spaced, ==, digits);
  g_assert_null (oh_config_value_fingerprint (longer));
  g_assert_null (oh_config_value_fingerprint (digits + 1));
  g_assert_null (oh_config_value_fingerprint (""));
  g_assert_null (oh_config_value_fingerprint (
    "g0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"));
}

static void
test_dialable (void)
{
  g_assert_true (oh_config_value_is_dialable ("", NULL));
  g_assert_true (oh_config_value_is_dialable ("12345678", NULL));
  g_assert_false (oh_config_value_is_dialable ("123456789", NULL));
  g_assert_false (oh_config_value_is_dialable ("+49", NULL));
  g_assert_false (oh_config_value_is_dialable ("*9", NULL));
  g_assert_true (oh_config_value_is_dialable ("*9", "*#"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-value/uri", test_uri);
  g_test_add_func ("/config-value/uri/limit", test_uri_limit);
  g_test_add_func ("/config-value/address", test_address);
  g_test_add_func ("/config-value/phone-address", test_phone_address);
  g_test_add_func ("/config-value/phone-id", test_phone_id);
  g_test_add_func ("/config-value/fingerprint", test_fingerprint);
  g_test_add_func ("/config-value/dialable", test_dialable);
  return g_test_run ();
}
