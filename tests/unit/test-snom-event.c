/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-event.h"

#include <string.h>

static gboolean
parse (const char *line, OhSnomRequest *request)
{
  memset (request, 0, sizeof *request);
  return oh_snom_request_parse (oh_slice_str (line), request);
}

static void
test_requests (void)
{
  static const struct
  {
    const char *line, *token, *event, *query;
    gboolean head;
  } cases[] = {
    { "GET /s/abc/incoming?c=1 HTTP/1.1", "abc", "incoming", "c=1", FALSE },
    { "GET /s/abc/incoming HTTP/1.0", "abc", "incoming", "", FALSE },
    { "HEAD /s/abc/dnd-on HTTP/1.1", "abc", "dnd-on", "", TRUE },
    { "GET /s/abc/incoming?d=Tom Baker HTTP/1.1", "abc", "incoming", "d=Tom Baker", FALSE },
    { "GET /s/abc/incoming?d=a HTTP/1.1 b HTTP/1.1", "abc", "incoming", "d=a HTTP/1.1 b", FALSE },
    { "GET /s//incoming HTTP/1.1", "", "incoming", "", FALSE },
    /* none of ours */
    { "POST /s/abc/incoming HTTP/1.1", NULL },
    { "get /s/abc/incoming HTTP/1.1", NULL },
    { "GET /x/abc/incoming HTTP/1.1", NULL },
    { "GET /s/abc HTTP/1.1", NULL },
    { "GET /s/abc?x/y HTTP/1.1", NULL },
    { "GET http://h/s/abc/incoming HTTP/1.1", NULL },
    { "GET /s/abc/incoming", NULL },
    { "GET /s/abc/incoming HTTP/2", NULL },
    { "GET", NULL },
    { " HTTP/1.1", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhSnomRequest request;
      gboolean ok = parse (cases[i].line, &request);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpint (ok, ==, cases[i].token != NULL);
      if (!ok)
        continue;
      g_assert_true (oh_slice_equal (request.token, cases[i].token));
      g_assert_true (oh_slice_equal (request.event, cases[i].event));
      g_assert_true (oh_slice_equal (request.query, cases[i].query));
      g_assert_cmpint (request.head, ==, cases[i].head);
    }
}

static void
test_call_me (void)
{
  static const struct
  {
    const char *line, *dialled;
  } cases[] = {
    { "GET /offhook/find/outgoing?r=*00123456 HTTP/1.1", "*00123456" },
    { "GET /offhook/find/outgoing?r=%2A00123456 HTTP/1.0", "*00123456" },
    { "GET /offhook/find/outgoing?r=*00123456@pbx.example HTTP/1.1", "*00123456" },
    { "GET /offhook/find/outgoing?r=<sip:*00123456@[2001:db8::1]> HTTP/1.1", "*00123456" },
    { "GET /offhook/find/outgoing?r=sip:*00123456;phone-context=x HTTP/1.1", "*00123456" },
    { "GET /offhook/find/outgoing?r=*00123456&l=alice HTTP/1.1", "*00123456" },
    /* nothing was dialled, or it is another request */
    { "GET /offhook/find/outgoing?r= HTTP/1.1", NULL },
    { "GET /offhook/find/outgoing?r=$remote HTTP/1.1", NULL },
    { "GET /offhook/find/outgoing?r=@pbx HTTP/1.1", NULL },
    { "GET /offhook/find/outgoing?l=*00123456 HTTP/1.1", NULL },
    { "GET /offhook/find/outgoing HTTP/1.1", NULL },
    { "GET /offhook/find/incoming?r=*00123456 HTTP/1.1", NULL },
    { "GET /s/abc/outgoing?r=*00123456 HTTP/1.1", NULL },
    { "HEAD /offhook/find/outgoing?r=*00123456 HTTP/1.1", NULL },
    { "POST /offhook/find/outgoing?r=*00123456 HTTP/1.1", NULL },
    { "GET /offhook/find/outgoing?r=*00123456", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *dialled = oh_snom_call_me_parse (oh_slice_str (cases[i].line));

      g_test_message ("%s", cases[i].line);
      g_assert_cmpstr (dialled, ==, cases[i].dialled);
    }
}

static void
test_length (void)
{
  static const char head[] = "GET /s/a/incoming?d=";
  static const char tail[] = " HTTP/1.1";
  g_autofree char *fits = g_strnfill (OH_SNOM_REQUEST_MAX - strlen (head) - strlen (tail), 'x');
  g_autofree char *line = g_strconcat (head, fits, tail, NULL);
  g_autofree char *over = g_strconcat (head, "x", fits, tail, NULL);
  OhSnomRequest request;
  g_autoptr (OhPhoneEvent) event = NULL;

  g_assert_true (parse (line, &request));
  event = oh_snom_event_parse (&request);
  g_assert_cmpuint (strlen (event->display), ==, OH_PHONE_EVENT_VALUE_MAX);
  g_assert_false (parse (over, &request));
}

static void
test_values (void)
{
  static const struct
  {
    const char *query, *call, *remote, *local, *display, *line, *cause;
  } cases[] = {
    { "c=3c26@192.0.2.50&n=1&r=%2B4930123456@pbx.example&l=440@pbx.example&d=Bob%20Baker",
      "3c26@192.0.2.50", "+4930123456@pbx.example", "440@pbx.example", "Bob Baker", "1", NULL },
    /* raw: a plus is a plus */
    { "c=a&r=+4930123456@pbx&d=Bob Baker", "a", "+4930123456@pbx", NULL, "Bob Baker", NULL, NULL },
    /* a delimiter within a value; free text keeps everything */
    { "c=a&b&r=1@x&d=Tom & Jo&r=2", "a&b", "1@x", NULL, "Tom & Jo&r=2", NULL, NULL },
    /* variables that the firmware does not know; empty ones */
    { "c=$call-id&n=$active_line&r=1@x&l=&d=$display_remote", NULL, "1@x", NULL, NULL, NULL, NULL },
    { "c=%24call-id&r=1@x", NULL, "1@x", NULL, NULL, NULL, NULL },
    /* forms of a party */
    { "r=sip:1@x&l=<sips:2@y>", NULL, "1@x", "2@y", NULL, NULL, NULL },
    { "r=<$remote>&l=sip: 7 ", NULL, NULL, "7", NULL, NULL, NULL },
    { "r=%3Csip%3A1%40x%3E", NULL, "1@x", NULL, NULL, NULL, NULL },
    { "r=tel:%2B49301", NULL, "+49301", NULL, NULL, NULL, NULL },
    { "x=SIP%3Bcause%3D200%3Btext%3D%22Call completed elsewhere%22", NULL, NULL, NULL, NULL, NULL,
      "SIP;cause=200;text=\"Call completed elsewhere\"" },
    /* the first one counts */
    { "c=a&c=b", "a", NULL, NULL, NULL, NULL, NULL },
    /* hostile */
    { "d=a%00b%0d%0ac%1b[31m%7f", NULL, NULL, NULL, "abc[31m", NULL, NULL },
    { "d=%e2%80%aeevil", NULL, NULL, NULL, "evil", NULL, NULL }, /* turns the line around */
    { "d=%c2%85x", NULL, NULL, NULL, "x", NULL, NULL },          /* a control character in UTF-8 */
    { "d=M%fcller", NULL, NULL, NULL, "M\303\274ller", NULL, NULL }, /* Latin-1 */
    { "d=M%c3%bcller", NULL, NULL, NULL, "M\303\274ller", NULL, NULL },
    { "d=100%", NULL, NULL, NULL, "100%", NULL, NULL },
    { "d=%4", NULL, NULL, NULL, "%4", NULL, NULL },
    { "d=%zz", NULL, NULL, NULL, "%zz", NULL, NULL },
    { "q=unknown&c=a", NULL, NULL, NULL, NULL, NULL, NULL }, /* not one of our URLs */
    { "c", NULL, NULL, NULL, NULL, NULL, NULL },
    { "=", NULL, NULL, NULL, NULL, NULL, NULL },
    { "", NULL, NULL, NULL, NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhSnomRequest request = { .event = oh_slice_str ("incoming"),
                                      .query = oh_slice_str (cases[i].query) };
      g_autoptr (OhPhoneEvent) event = oh_snom_event_parse (&request);

      g_test_message ("%s", cases[i].query);
      g_assert_cmpint (event->kind, ==, OH_PHONE_EVENT_INCOMING);
      g_assert_cmpstr (event->call, ==, cases[i].call);
      g_assert_cmpstr (event->remote, ==, cases[i].remote);
      g_assert_cmpstr (event->local, ==, cases[i].local);
      g_assert_cmpstr (event->display, ==, cases[i].display);
      g_assert_cmpstr (event->line, ==, cases[i].line);
      g_assert_cmpstr (event->cause, ==, cases[i].cause);
    }
}

static void
test_limit (void)
{
  g_autofree char *most = g_strnfill (OH_PHONE_EVENT_VALUE_MAX, 'x');
  g_autofree char *query = g_strconcat ("c=", most, "&r=", most, "y", NULL);
  g_autofree char *wide = g_strconcat ("d=", most + 1, "%c3%bc", NULL); /* would be cut in two */
  const OhSnomRequest plain = { .event = oh_slice_str ("incoming"), .query = oh_slice_str (query) };
  const OhSnomRequest cut = { .event = oh_slice_str ("incoming"), .query = oh_slice_str (wide) };
  g_autoptr (OhPhoneEvent) event = oh_snom_event_parse (&plain);
  g_autoptr (OhPhoneEvent) short_one = oh_snom_event_parse (&cut);

  g_assert_cmpstr (event->call, ==, most);
  g_assert_cmpstr (event->remote, ==, most);
  g_assert_cmpstr (short_one->display, ==, most + 1);
}

static void
test_names (void)
{
  for (guint kind = 0; kind < OH_N_PHONE_EVENTS; kind++)
    {
      const OhSnomRequest request = { .event = oh_slice_str (oh_phone_event_kind_word (kind)) };
      g_autoptr (OhPhoneEvent) event = oh_snom_event_parse (&request);

      g_assert_cmpint (event->kind, ==, kind);
    }
  g_assert_null (oh_snom_event_parse (&(OhSnomRequest){ .event = oh_slice_str ("format-disk") }));
  g_assert_null (oh_snom_event_parse (&(OhSnomRequest){ .event = oh_slice_str ("") }));
}

static void
test_copy (void)
{
  const OhSnomRequest request = { .event = oh_slice_str ("disconnected"),
                                  .query = oh_slice_str ("c=a&n=1&r=2&l=3&x=4&d=5") };
  g_autoptr (OhPhoneEvent) event = oh_snom_event_parse (&request);
  g_autoptr (OhPhoneEvent) copy = oh_phone_event_copy (event);

  g_assert_cmpint (copy->kind, ==, OH_PHONE_EVENT_DISCONNECTED);
  g_assert_cmpstr (copy->call, ==, "a");
  g_assert_cmpstr (copy->line, ==, "1");
  g_assert_cmpstr (copy->remote, ==, "2");
  g_assert_cmpstr (copy->local, ==, "3");
  g_assert_cmpstr (copy->cause, ==, "4");
  g_assert_cmpstr (copy->display, ==, "5");
}

/* "$local" and "$remote" are what the firmware takes them for; which is us, our accounts tell. */
static void
test_turn (void)
{
  static const struct
  {
    const char *remote, *local;
    const char *is_remote, *is_local;
  } cases[] = {
    { "0301@pbx", "440@pbx", "0301@pbx", "440@pbx" },
    { "440@pbx", "0301@pbx", "0301@pbx", "440@pbx" }, /* caller and callee, as of old */
    { "441@other", "0301@pbx", "0301@pbx", "441@other" },
    { "440@pbx", "441@other", "440@pbx", "441@other" }, /* from one account to the other */
    { "0301@pbx", "0302@pbx", "0301@pbx", "0302@pbx" }, /* none of them is known */
    { "4400@pbx", "0301@pbx", "4400@pbx", "0301@pbx" },
    { "44@pbx", "0301@pbx", "44@pbx", "0301@pbx" },
    { "440", "0301", "0301", "440" },
    { "440@pbx", NULL, NULL, "440@pbx" },
    { "@pbx", "0301@pbx", "@pbx", "0301@pbx" }, /* an account without a name is none */
    { NULL, "440@pbx", NULL, "440@pbx" },
    { NULL, NULL, NULL, NULL },
  };
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (settings, (gpointer) "user_name1", (gpointer) "440");
  g_hash_table_insert (settings, (gpointer) "user_name3", (gpointer) "");
  g_hash_table_insert (settings, (gpointer) "user_name12", (gpointer) "441");
  g_hash_table_insert (settings, (gpointer) "user_name13", (gpointer) "0301"); /* beyond the last */
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhPhoneEvent) event = oh_phone_event_new (OH_PHONE_EVENT_INCOMING);

      event->remote = g_strdup (cases[i].remote);
      event->local = g_strdup (cases[i].local);
      oh_snom_event_turn (event, settings);
      g_assert_cmpstr (event->remote, ==, cases[i].is_remote);
      g_assert_cmpstr (event->local, ==, cases[i].is_local);
      oh_snom_event_turn (event, NULL); /* nothing is known of the phone yet */
      g_assert_cmpstr (event->remote, ==, cases[i].is_remote);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-event/call-me", test_call_me);
  g_test_add_func ("/snom-event/requests", test_requests);
  g_test_add_func ("/snom-event/length", test_length);
  g_test_add_func ("/snom-event/values", test_values);
  g_test_add_func ("/snom-event/limit", test_limit);
  g_test_add_func ("/snom-event/names", test_names);
  g_test_add_func ("/snom-event/copy", test_copy);
  g_test_add_func ("/snom-event/turn", test_turn);
  return g_test_run ();
}
