/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pnp-message.h"

#include <string.h>

#define TO_GROUP(mac) "SUBSCRIBE sip:MAC%3a" mac "@224.0.1.75 SIP/2.0\r\n"
#define VIA "Via: SIP/2.0/UDP 192.0.2.50:5060;rport\r\n"
#define EVENT(rest) "Event: ua-profile" rest "\r\n"
#define TAIL "Accept: application/url\r\nExpires: 0\r\nContent-Length: 0\r\n\r\n"

static void
test_requests (void)
{
  static const struct
  {
    const char *text, *mac, *model, *firmware;
  } cases[] = {
    { TO_GROUP ("000413AABBCC") VIA EVENT (
        ";profile-type=\"device\";vendor=\"OEM\";model=\"OEM\";version=\"10.1.54.13\"") TAIL,
      "000413AABBCC", NULL, "10.1.54.13" },
    { TO_GROUP ("0004134fA001") EVENT (
        ";profile-type=\"device\";vendor=\"snom\";model=\"snomM700\";version=\"07.60\"") TAIL,
      "0004134FA001", "snomM700", "07.60" },
    { "SUBSCRIBE sip:MAC:000413aabbcc@224.0.1.75:5060 SIP/2.0\r\no: "
      "ua-profile;model=snomD785\r\n\r\n",
      "000413AABBCC", "snomD785", NULL },
    { "SUBSCRIBE sip:MAC%3A000413AABBCC@h SIP/2.0\n" EVENT (" ; model = \"snomD785\" ") "\n",
      "000413AABBCC", "snomD785", NULL },
    /* a model that could not be shown */
    { TO_GROUP ("000413AABBCC") EVENT (";model=\"<b>x\"") TAIL, "000413AABBCC", NULL, NULL },
    { TO_GROUP ("000413AABBCC") EVENT (";model=\"\";version=\"") TAIL, "000413AABBCC", NULL, NULL },
    /* none of it */
    { TO_GROUP ("000413AABBCC") "Event: presence\r\n" TAIL, NULL },
    { TO_GROUP ("000413AABBCC") VIA TAIL, NULL },
    { TO_GROUP ("000413AABBCC") "\r\n" EVENT (";model=x"), NULL }, /* in the body */
    { TO_GROUP ("000413AABB") EVENT ("") TAIL, NULL },
    { TO_GROUP ("01005E00014B") EVENT ("") TAIL, NULL },
    { "NOTIFY sip:MAC%3a000413AABBCC@h SIP/2.0\r\n" EVENT ("") TAIL, NULL },
    { "SUBSCRIBE tel:MAC%3a000413AABBCC SIP/2.0\r\n" EVENT ("") TAIL, NULL },
    { "SUBSCRIBE sip:000413AABBCC@h SIP/2.0\r\n" EVENT ("") TAIL, NULL },
    { "SUBSCRIBE sip:MAC%3a000413AABBCC@h HTTP/1.1\r\n" EVENT ("") TAIL, NULL },
    { "SUBSCRIBE", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhPnpRequest) request = oh_pnp_request_parse (oh_slice_str (cases[i].text));

      g_assert_cmpstr (request != NULL ? request->mac : NULL, ==, cases[i].mac);
      if (request == NULL)
        continue;
      g_assert_cmpstr (request->model, ==, cases[i].model);
      g_assert_cmpstr (request->firmware, ==, cases[i].firmware);
    }
}

static OhPnpRequest *
parse_padded (gsize len)
{
  const char *head = TO_GROUP ("000413AABBCC") EVENT (";model=snomD785") "X: ";
  g_autoptr (GString) text = g_string_new (head);

  while (text->len < len)
    g_string_append_c (text, 'x');
  return oh_pnp_request_parse (oh_slice (text->str, text->len));
}

static void
test_limits (void)
{
  g_autoptr (OhPnpRequest) longest = parse_padded (OH_PNP_MAX);
  g_autoptr (OhPnpRequest) longer = parse_padded (OH_PNP_MAX + 1);
  g_autofree char *word = g_strnfill (OH_PNP_WORD_MAX, 'm');
  g_autofree char *fits = g_strconcat (TO_GROUP ("000413AABBCC") "Event: ua-profile;model=", word,
                                       ";version=", word, "m\r\n" TAIL, NULL);
  g_autoptr (OhPnpRequest) request = oh_pnp_request_parse (oh_slice_str (fits));

  g_assert_nonnull (longest);
  g_assert_null (longer);
  g_assert_cmpstr (request->model, ==, word);
  g_assert_null (request->firmware); /* one letter more */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pnp-message/requests", test_requests);
  g_test_add_func ("/pnp-message/limits", test_limits);
  return g_test_run ();
}
