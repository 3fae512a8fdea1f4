/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-mask.h"

#define DOTS "\xe2\x80\xa6"

static void
test_table (void)
{
  static const struct
  {
    const char *text;
    const char *masked;
  } cases[] = {
    { "Authorization: NTLM gssapi-data=\"TlRMTVNT/+=\", version=4",
      "Authorization: NTLM gssapi-data=\"" DOTS "\", version=4" },
    { "> gssapi-data=\"TlRM\n> TVNT\", x", "> gssapi-data=\"" DOTS "\", x" },
    { "gssapi-data=\xe2\x80\x9cTlRM\xe2\x80\x9d, x",
      "gssapi-data=\xe2\x80\x9c" DOTS "\xe2\x80\x9d, x" },
    { "gssapi-data=&quot;TlRM&quot;", "gssapi-data=&quot;" DOTS "&quot;" },
    { "gssapi-data=TlRM, x", "gssapi-data=" DOTS ", x" },
    { "gssapi-data=\"\"", "gssapi-data=\"\"" },
    { "gssapi-data=\"TlRM", "gssapi-data=\"" DOTS },
    { "crand=\"a61f09d3\", response=\"0100\"", "crand=\"a61f09d3\", response=\"" DOTS "\"" },
    { "Authorization: Basic YWxpY2U6c2VjcmV0", "Authorization: Basic " DOTS },
    { "Basic auth is off", "Basic auth is off" },
    { "<wsse:Password Type=\"x\">secret</wsse:Password>",
      "<wsse:Password Type=\"x\">" DOTS "</wsse:Password>" },
    { "nothing", "nothing" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = oh_trace_mask (oh_slice_str (cases[i].text));

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-mask/table", test_table);
  return g_test_run ();
}
