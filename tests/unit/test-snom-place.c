/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-place.h"

#include <string.h>

#define MARK "0123456789abcdef"
#define OTHER "fedcba9876543210"
#define TOKEN "00112233445566778899aabbccddeeff"
#define THEIRS "ffeeddccbbaa99887766554433221100"

static void
test_judge (void)
{
  static const struct
  {
    const char *value;
    OhSnomPlace place;
  } cases[] = {
    { NULL, OH_SNOM_PLACE_FREE },
    { "", OH_SNOM_PLACE_FREE },
    { "http://192.0.2.10:8137/offhook-" MARK "/s/" TOKEN "/incoming?c=$call-id",
      OH_SNOM_PLACE_OURS },
    { "http://192.0.2.99:1/offhook-" MARK "/s/" TOKEN "/incoming", OH_SNOM_PLACE_OURS }, /* moved */
    { "http://192.0.2.10:8137/s/" TOKEN "/incoming",
      OH_SNOM_PLACE_OURS }, /* before there were marks */
    { "http://192.0.2.10:1/offhook-" MARK "/s/" THEIRS "/held",
      OH_SNOM_PLACE_OURS }, /* other name */
    { "http://192.0.2.11:1/offhook-" OTHER "/s/" THEIRS "/held", OH_SNOM_PLACE_OTHER_AGENT },
    { "http://192.0.2.11:1/offhook-" OTHER "/", OH_SNOM_PLACE_OTHER_AGENT },
    { "http://192.0.2.11:1/s/" THEIRS "/held", OH_SNOM_PLACE_OTHER_AGENT },
    /* a path that only looks like one of ours */
    { "http://192.0.2.11:1/offhook-" OTHER, OH_SNOM_PLACE_PROGRAM },
    { "http://192.0.2.11:1/offhook-" OTHER "0/s/x", OH_SNOM_PLACE_PROGRAM },
    { "http://192.0.2.11:1/offhook-"
      "0123/s/x",
      OH_SNOM_PLACE_PROGRAM },
    { "http://192.0.2.11:1/offhook-/" OTHER "/", OH_SNOM_PLACE_PROGRAM },
    { "http://192.0.2.11:1/s/" THEIRS, OH_SNOM_PLACE_PROGRAM },
    { "http://192.0.2.11:1/s/incoming", OH_SNOM_PLACE_PROGRAM },
    { "http://192.0.2.1/cti?call=$call-id", OH_SNOM_PLACE_PROGRAM },
    { "phone://mb_nop", OH_SNOM_PLACE_PROGRAM },
    { " ", OH_SNOM_PLACE_PROGRAM },
    /* the element may come late */
    { "http://192.0.2.1/offhook-x/offhook-" OTHER "/s/", OH_SNOM_PLACE_OTHER_AGENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (oh_snom_place_judge (cases[i].value, MARK, TOKEN), ==, cases[i].place);
    }
}

static void
test_path (void)
{
  g_autofree char *path = oh_snom_place_path (MARK, TOKEN);
  g_autofree char *url = g_strconcat ("http://[2001:db8::1]:80", path, "incoming", NULL);

  g_assert_cmpstr (path, ==, "/offhook-" MARK "/s/" TOKEN "/");
  g_assert_cmpint (oh_snom_place_judge (url, MARK, THEIRS), ==, OH_SNOM_PLACE_OURS);
  g_assert_cmpint (oh_snom_place_judge (url, OTHER, THEIRS), ==, OH_SNOM_PLACE_OTHER_AGENT);
}

/* Nothing of a login, of a path, or of what would be more than a name on the screen. */
static void
test_host (void)
{
  static const struct
  {
    const char *value, *host;
  } cases[] = {
    { "http://192.0.2.1/cti", "192.0.2.1" },
    { "https://cti.example.com:8443/x?y=z", "cti.example.com" },
    { "http://user:secret@pbx.example/log", "pbx.example" },
    { "http://user:p@ss@pbx.example/log", "pbx.example" },
    { "http://pbx.example?u=a@b", "pbx.example" },
    { "http://pbx.example#u@b", "pbx.example" },
    { "http://[2001:db8::1]:80/x", "[2001:db8::1]" },
    { "http://[2001:db8::1/x", "" },
    { "http://a\033[31mb/x", "" },
    { "http://a b/x", "" },
    { "http:///x", "" },
    { "phone://mb_exit#numberdial=1", "mb_exit" },
    { "pbx.example/log", "pbx.example" },
    { "not a url", "" },
    { "", "" },
    { "@", "" },
    { "://", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *host = oh_snom_place_host (cases[i].value);

      g_test_message ("%s", cases[i].value);
      g_assert_cmpstr (host, ==, cases[i].host);
    }
}

static void
test_host_limit (void)
{
  g_autofree char *most = g_strnfill (OH_SNOM_PLACE_HOST_MAX, 'h');
  g_autofree char *fits = g_strconcat ("http://", most, "/", NULL);
  g_autofree char *over = g_strconcat ("http://h", most, "/", NULL);
  g_autofree char *host = oh_snom_place_host (fits);
  g_autofree char *none = oh_snom_place_host (over);

  g_assert_cmpstr (host, ==, most);
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-place/judge", test_judge);
  g_test_add_func ("/snom-place/path", test_path);
  g_test_add_func ("/snom-place/host", test_host);
  g_test_add_func ("/snom-place/host-limit", test_host_limit);
  return g_test_run ();
}
