/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "error.h"

static void
test_foreign (void)
{
  const struct
  {
    GQuark domain;
    int code;
    OhError ours;
  } cases[] = {
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, OH_ERROR_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, OH_ERROR_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, OH_ERROR_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, OH_ERROR_CANCELLED },
    { G_IO_ERROR, G_IO_ERROR_NOT_EMPTY, OH_ERROR_FAILED },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, OH_ERROR_UNREACHABLE },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, OH_ERROR_UNTRUSTED },
    { G_TLS_ERROR, G_TLS_ERROR_NOT_TLS, OH_ERROR_UNREACHABLE },
    { G_TLS_ERROR, G_TLS_ERROR_EOF, OH_ERROR_UNREACHABLE },
    { G_FILE_ERROR, G_FILE_ERROR_NOENT, OH_ERROR_FAILED },
    { OH_ERROR, OH_ERROR_BUSY, OH_ERROR_BUSY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "why");

      g_assert_cmpint (oh_error_code_from_foreign (error), ==, cases[i].ours);
      oh_error_adopt (&error, "Calling %s", "desk");
      g_assert_error (error, OH_ERROR, (int) cases[i].ours);
      g_assert_cmpstr (error->message, ==, "Calling desk: why");
    }
}

static void
test_every_code (void)
{
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = 0; code < OH_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (OH_ERROR, code, "why");
      g_autofree char *bus_name = g_dbus_error_encode_gerror (error);
      g_autoptr (GError) back = g_dbus_error_new_for_dbus_error (bus_name, "why");

      g_assert_true (g_str_has_prefix (bus_name, "org.offhook.Error."));
      oh_error_strip_remote (&back);
      g_assert_error (back, OH_ERROR, code);
      g_assert_cmpstr (back->message, ==, "why");
      g_assert_true (g_hash_table_add (words, (gpointer) oh_error_code_word (code)));
      g_assert_nonnull (oh_error_advice (code));
      g_assert_cmpint (oh_error_exit_status (error), >, 0);
      g_assert_cmpint (oh_error_exit_status (error), <=, 8);
    }
  g_assert_cmpint (oh_error_exit_status (NULL), ==, 0);
}

static void
test_nothing (void)
{
  GError *error = NULL;

  oh_error_adopt (&error, "nothing");
  oh_error_strip_remote (&error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/foreign", test_foreign);
  g_test_add_func ("/error/every-code", test_every_code);
  g_test_add_func ("/error/nothing", test_nothing);
  return g_test_run ();
}
