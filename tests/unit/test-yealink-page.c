/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "yealink-page.h"

#include <string.h>

static void
test_configs (void)
{
  static const struct
  {
    const char *body;
    gboolean is_config;
    const char *firmware, *accounts;
    OhYealinkDnd dnd;
  } cases[] = {
    { "Account1|440|440|Alice|1|440@pbx.example|Registered\nDND=0\nFirmware=66.86.0.15\n", TRUE,
      "66.86.0.15", "440@pbx.example", OH_YEALINK_DND_OFF },
    { "Account1|440|440|Alice|1|440@pbx.example|2\r\nAccount2|441|441|Bob|1|441@pbx.example|2\r\n",
      TRUE, NULL, "440@pbx.example 441@pbx.example", OH_YEALINK_DND_UNKNOWN },
    { "DND|1\nFirmwareVersion: 66.86.0.15", TRUE, "66.86.0.15", "", OH_YEALINK_DND_ON },
    { "dnd : On<br>fw : 28.83.0.1<br>", TRUE, "28.83.0.1", "", OH_YEALINK_DND_ON },
    { "Account1||||||\n", TRUE, NULL, "", OH_YEALINK_DND_UNKNOWN },
    { "Account1|a@b c|x|440@pbx|\n", TRUE, NULL, "440@pbx", OH_YEALINK_DND_UNKNOWN },
    { "Account1|x&key=Reboot@pbx|\n", TRUE, NULL, "", OH_YEALINK_DND_UNKNOWN },
    { "DND=perhaps\nFirmware=none\n", FALSE, NULL, "", OH_YEALINK_DND_UNKNOWN },
    { "<html><title>Login</title>Your account is locked</html>", FALSE, NULL, "",
      OH_YEALINK_DND_UNKNOWN },
    { "Firmware=1.2;rm -rf\n", FALSE, NULL, "", OH_YEALINK_DND_UNKNOWN },
    { "Account\n|\n=\n:", FALSE, NULL, "", OH_YEALINK_DND_UNKNOWN },
    { "", FALSE, NULL, "", OH_YEALINK_DND_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhYealinkConfig) config = oh_yealink_config_parse (oh_slice_str (cases[i].body));
      g_autofree char *accounts = NULL;

      g_ptr_array_add (config->accounts, NULL);
      accounts = g_strjoinv (" ", (char **) config->accounts->pdata);
      g_test_message ("%s", cases[i].body);
      g_assert_cmpint (config->is_config, ==, cases[i].is_config);
      g_assert_cmpstr (config->firmware, ==, cases[i].firmware);
      g_assert_cmpstr (accounts, ==, cases[i].accounts);
      g_assert_cmpint (config->dnd, ==, cases[i].dnd);
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *long_body = g_strnfill (OH_YEALINK_CONFIG_MAX - strlen ("DND=1\n"), '\n');
  g_autofree char *fits = g_strconcat ("DND=1\n", long_body, NULL);
  g_autofree char *over = g_strconcat (fits, "\n", NULL);
  g_autoptr (OhYealinkConfig) many = NULL;
  g_autoptr (OhYealinkConfig) read = oh_yealink_config_parse (oh_slice_str (fits));
  g_autoptr (OhYealinkConfig) unread = oh_yealink_config_parse (oh_slice_str (over));

  for (guint i = 0; i < OH_YEALINK_ACCOUNTS_MAX + 1; i++)
    g_string_append_printf (text, "Account%u|%u@pbx|\n", i, i);
  many = oh_yealink_config_parse (oh_slice (text->str, text->len));
  g_assert_cmpuint (many->accounts->len, ==, OH_YEALINK_ACCOUNTS_MAX);
  g_assert_cmpint (read->dnd, ==, OH_YEALINK_DND_ON);
  g_assert_cmpint (unread->dnd, ==, OH_YEALINK_DND_UNKNOWN);
}

/* The octet 0 is in no name, though it ends every string. */
static void
test_zeros (void)
{
  static const char body[] = "Account1|44\0000@pbx|\nFirmware=1\0002\n";
  g_autoptr (OhYealinkConfig) config = oh_yealink_config_parse (oh_slice (body, sizeof body - 1));

  g_assert_cmpuint (config->accounts->len, ==, 0);
  g_assert_null (config->firmware);
}

static void
test_login_pages (void)
{
  static const struct
  {
    const char *body, *model, *firmware;
  } cases[] = {
    { "<script>var g_phonetype = \"T46S\"; var g_strFirmware='66.86.0.15';</script>", "T46S",
      "66.86.0.15" },
    { "g_phonetype=\"SIP-T54W\"", "SIP-T54W", NULL },
    { "g_phonetype == x; g_phonetype=\"T41P\"", "T41P", NULL },
    { "g_phonetype=\"<b>\"", NULL, NULL },
    { "g_phonetype=\"", NULL, NULL },
    { "g_phonetype", NULL, NULL },
    { "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *model = NULL;
      g_autofree char *firmware = NULL;

      oh_yealink_page_read (oh_slice_str (cases[i].body), &model, &firmware);
      g_test_message ("%s", cases[i].body);
      g_assert_cmpstr (model, ==, cases[i].model);
      g_assert_cmpstr (firmware, ==, cases[i].firmware);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yealink-page/configs", test_configs);
  g_test_add_func ("/yealink-page/limits", test_limits);
  g_test_add_func ("/yealink-page/zeros", test_zeros);
  g_test_add_func ("/yealink-page/login-pages", test_login_pages);
  return g_test_run ();
}
