/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-wish.h"

#include "snom-settings.h"

static char *
shown (const OhSnomWish *wish)
{
  GString *text = g_string_new (wish->page);

  for (guint i = 0; i < wish->n; i++)
    g_string_append_printf (text, " %s=%s", wish->names[i], wish->values[i]);
  return g_string_free (text, FALSE);
}

static void
test_logins (void)
{
  static const struct
  {
    const char *list;
    OhPhoneLoginKind kind;
    const char *user, *wish;
  } cases[] = {
    { "http_user$: a", OH_PHONE_LOGIN_USER, "me",
      "/advanced_qos_security.htm http_user=me http_pass=pw" },
    { "http_user$: a", OH_PHONE_LOGIN_USER, NULL, "/advanced_qos_security.htm http_pass=pw" },
    { "webserver_user_name$: a", OH_PHONE_LOGIN_USER, "me",
      "/advanced_qos_security.htm webserver_user_name=me webserver_user_password=pw" },
    { "http_user$: a", OH_PHONE_LOGIN_ADMIN, "me",
      "/advanced_qos_security.htm admin_mode_password=pw admin_mode_password_confirm=pw" },
    { "http_user$: a\nwebserver_admin_password$: ***", OH_PHONE_LOGIN_ADMIN, NULL,
      "/advanced_qos_security.htm webserver_admin_password=pw" },
    { "http_user$: a", OH_PHONE_LOGIN_SERVICE, "robot",
      "/advanced_qos_security.htm service_mode_login=robot service_mode_pass=pw" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = oh_snom_settings_read (oh_slice_str (cases[i].list));
      g_autoptr (OhSnomWish) wish =
        oh_snom_wish_login (settings, cases[i].kind, cases[i].user, "pw");
      g_autofree char *text = shown (wish);

      g_assert_cmpstr (text, ==, cases[i].wish);
    }
}

static void
test_accounts (void)
{
  OhPhoneAccount account = { .number = 2, .name = (char *) "440", .login = (char *) "D\\a" };
  const OhPhoneAccount nothing = { .number = 1 };
  g_autoptr (OhSnomWish) wish = oh_snom_wish_account (&account);
  g_autofree char *text = shown (wish);
  g_autoptr (OhSnomWish) crypt = NULL;
  g_autofree char *media = NULL;

  g_assert_cmpstr (text, ==, "/line_login.htm?l=2 user_name2=440 user_pname2=D\\a user_active2=on");
  g_assert_null (oh_snom_wish_crypt (&account));
  g_assert_null (oh_snom_wish_account (&nothing));
  account.crypt = OH_PHONE_CRYPT_MANDATORY;
  crypt = oh_snom_wish_crypt (&account);
  media = shown (crypt);
  g_assert_cmpstr (media, ==, "/line_rtp.htm?l=2 user_srtp2=on user_savp2=mandatory");
}

static void
test_obstacles (void)
{
  static const struct
  {
    const char *list, *obstacle;
  } cases[] = {
    { "http_user$: a\nhttp_pass$: ***", NULL },
    { "http_user!: a\nhttp_pass!: ***", NULL },
    { "http_user$: a\nhttp_pass&: ***", "http_pass" },
    { "http_user&: a\nhttp_pass$: ***", "http_user" },
    { "http_user: a\nhttp_pass: ***", NULL }, /* a list without flags says nothing */
    { "language!: English", "admin_mode" },   /* what everybody sees */
    { "", "admin_mode" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = oh_snom_settings_read (oh_slice_str (cases[i].list));
      g_autoptr (OhSnomWish) wish = oh_snom_wish_login (settings, OH_PHONE_LOGIN_USER, "me", "pw");

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (oh_snom_wish_obstacle (wish, settings), ==, cases[i].obstacle);
    }
}

/* Passwords are never seen, and never missed. */
static void
test_missed (void)
{
  OhPhoneAccount account = { .number = 1, .name = (char *) "440", .password = (char *) "x" };
  g_autoptr (OhSnomWish) wish = oh_snom_wish_account (&account);
  g_autoptr (GHashTable) good = oh_snom_settings_read (
    oh_slice_str ("user_name1$: 440\nuser_pass1$: *****\nuser_active1$: on"));
  g_autoptr (GHashTable) bad =
    oh_snom_settings_read (oh_slice_str ("user_name1$: 441\nuser_active1$: on"));

  g_assert_null (oh_snom_wish_missed (wish, good));
  g_assert_cmpstr (oh_snom_wish_missed (wish, bad), ==, "user_name1");
}

static void
test_cautions (void)
{
  static const struct
  {
    const char *list, *firmware;
    gboolean open;
    guint cautions;
  } cases[] = {
    { "http_user$: a\nhttp_pass$: ***", "10.1.54.13", FALSE, 0 },
    { "http_user$: a\nhttp_pass$: ***\nsetting_server$: http://x/", NULL, FALSE,
      OH_PHONE_CAUTION_PROVISIONED },
    { "http_user$: a\nhttp_pass!: ***\nsetting_server$: http://x/", NULL, FALSE, 0 },
    { "http_user$: a\nhttp_pass$: ***\npnp_server$: http://x/", NULL, FALSE,
      OH_PHONE_CAUTION_PROVISIONED },
    { "http_user$: a\ndisable_storing_changes$: on", NULL, FALSE, OH_PHONE_CAUTION_NEVER_STORED },
    { "http_user$: \nhttp_pass$: ", "8.8.3.32", TRUE,
      OH_PHONE_CAUTION_ACCOUNT_IS_LOGIN | OH_PHONE_CAUTION_OPEN },
    { "http_user$: a\nhttp_pass$: ***", "8.8.3.32", FALSE, 0 },
    { "http_user$: \nfirmware_version&: snom720-UC 8.8.3.32", NULL, FALSE,
      OH_PHONE_CAUTION_ACCOUNT_IS_LOGIN },
    { "http_user$: a\nuse_hidden_tags$: on", NULL, FALSE, OH_PHONE_CAUTION_NO_COMMANDS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = oh_snom_settings_read (oh_slice_str (cases[i].list));
      g_autoptr (OhPhoneAdminView) view =
        oh_snom_admin_view (settings, cases[i].firmware, cases[i].open);

      g_test_message ("%s", cases[i].list);
      g_assert_cmpuint (view->cautions, ==, cases[i].cautions);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-wish/logins", test_logins);
  g_test_add_func ("/snom-wish/accounts", test_accounts);
  g_test_add_func ("/snom-wish/obstacles", test_obstacles);
  g_test_add_func ("/snom-wish/missed", test_missed);
  g_test_add_func ("/snom-wish/cautions", test_cautions);
  return g_test_run ();
}
