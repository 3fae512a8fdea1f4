/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-personality.h"

#define S360                                                                                       \
  .model = "snom360", .firmware = "snom360-SIP 8.7.5.17", .line_keys = 12, .calls_max = 2,         \
  .latin1 = TRUE
#define D785                                                                                       \
  .model = "snomD785", .firmware = "snomD785-SIP 10.1.54.13", .line_keys = 6, .calls_max = 4,      \
  .events = SIM_EVENTS_ALL
#define OPEN_10 "http_scheme=on", "webserver_type=https", "decline=twice", "dial-answer=200"

/* clang-format off */
static const SimPersonality personalities[] = {
  { .id = "s360-87", S360, .events = SIM_EVENTS_FW7,
    .summary = "snom 360, 8.7: http and https, Basic, 302 to index.htm, serves one request at a time",
    .set = { "http_scheme=off", "webserver_type=http_https", "concurrent=truncate", "decline=none" } },
  { .id = "s360-drop", S360, .events = SIM_EVENTS_FW7,
    .summary = "the same, but a dial request is obeyed and the connection closed without a byte",
    .set = { "http_scheme=off", "webserver_type=http_https", "concurrent=truncate", "decline=none", "dial-answer=drop" } },
  { .id = "d725", .model = "snomD725", .firmware = "snomD725-SIP 8.9.3.80", .line_keys = 18, .calls_max = 4, .events = SIM_EVENTS_ALL,
    .summary = "snom D725, 8.9.3: http and https, Digest, 302",
    .set = { "http_scheme=on", "webserver_type=http_https", "decline=twice" } },
  { .id = "d785", D785,
    .summary = "snom D785, 10.1: https (http answers 307), Digest, 200",
    .set = { OPEN_10 } },
  { .id = "d785-strict", D785,
    .summary = "the same with hidden tags on: commands get a page and no effect",
    .set = { OPEN_10, "use_hidden_tags=on" } },
  { .id = "blank", .model = "snomD735", .firmware = "snomD735-SIP 10.1.54.13", .line_keys = 8, .calls_max = 4, .events = SIM_EVENTS_ALL,
    .summary = "snom D735 out of the box: no password, the first page asks for one",
    .set = { "http_user=", "http_pass=", "admin_mode_password=", "webserver_type=http_https" } },
  { .id = "d865", .model = "snomD865", .firmware = "snomD865-SIP 10.1.175.16", .line_keys = 8, .calls_max = 4, .events = SIM_EVENTS_ALL,
    .server = SIM_SERVER_SPA,
    .summary = "snom D865: every path is the page \"Phone Manager\"; uaCSTA over SIP",
    .set = { "webserver_type=https", "csta_control=on" } },
  { .id = "m300", .model = "snomM300", .firmware = "snomM300 06.50", .line_keys = 1, .calls_max = 1, .events = SIM_EVENTS_ALL,
    .server = SIM_SERVER_DECT,
    .summary = "snom M300: a cordless base; every path is its page \"M300\"; no remote control",
    .set = { "webserver_type=http_https" } },
  { .id = "s190", .model = "snom190", .firmware = "snom190-SIP 5.5", .line_keys = 5, .calls_max = 2, .events = SIM_EVENTS_FW5, .latin1 = TRUE,
    .summary = "snom 190, firmware 5: http, no variables, four action URLs",
    .set = { "http_scheme=off", "webserver_type=http", "concurrent=truncate", "expand=none", "persistence=flash", "unknown-settings=ignore" } },
  { .id = "uc", .model = "snom720", .firmware = "snom720-UC 8.8.3.32", .line_keys = 18, .calls_max = 4, .events = SIM_EVENTS_ALL, .account_is_login = TRUE,
    .summary = "snom 720 UC edition: https only; the first account's login is the web login",
    .set = { "http_scheme=on", "http_user=", "http_pass=", "webserver_type=https", "decline=twice" } },
  { .id = "et635", .model = "ET635", .firmware = "8.7.5.44", .line_keys = 8, .calls_max = 4, .events = SIM_EVENTS_ALL,
    .summary = "VTech ET635, snom's firmware under another name: https, Digest, 302",
    .set = { "http_scheme=on", "webserver_type=https" } },
  { .id = "m100kle", .model = "snomM100 KLE", .firmware = "1.20", .line_keys = 1, .calls_max = 1, .server = SIM_SERVER_DECT, .events = SIM_EVENTS_ALL,
    .summary = "snom M100 KLE, another maker's phone: every path is its page; no remote control",
    .set = { "webserver_type=http_https" } },
  { .id = "yealink", .model = "T46S", .firmware = "66.86.0.15", .line_keys = 10, .calls_max = 4, .server = SIM_SERVER_YEALINK, .events = SIM_EVENTS_YEALINK,
    .summary = "Yealink T46S: action URIs over https, Basic, a list of addresses and the user's consent",
    .set = { "http_scheme=off", "webserver_type=http_https", "realm=Yealink SIP-T46S", "features.action_uri.enable=1", "features.action_uri_limit_ip=any", "count-bare=no" } },
  { .id = "dead", D785, .server = SIM_SERVER_DEAD,
    .summary = "refuses every connection", .set = { OPEN_10 } },
  { .id = "slow", D785, .server = SIM_SERVER_SLOW,
    .summary = "8 s before the first byte of every answer", .set = { OPEN_10, "http-delay=8000" } },
  { .id = "half", D785, .server = SIM_SERVER_HALF,
    .summary = "closes in the middle of the header", .set = { OPEN_10 } },
};
/* clang-format on */

const SimPersonality *
sim_personality_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (personalities); i++)
    if (g_str_equal (personalities[i].id, id))
      return &personalities[i];
  return NULL;
}

char *
sim_personality_manual (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (personalities); i++)
    g_string_append_printf (text, "  %-12s %s\n", personalities[i].id, personalities[i].summary);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
