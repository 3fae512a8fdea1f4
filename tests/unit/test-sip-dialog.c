/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-dialog.h"

#include <string.h>

#include "error.h"
#include "signal-log.h"

#define OURS "<sip:anna@fabrikam.test>;epid=9f27"

static OhSipDialog *
new_uac (void)
{
  return oh_sip_dialog_new_uac (OURS, "<sip:anna@fabrikam.test;gruu>", "sip:bob@fabrikam.test");
}

/* The peer's answer to a request of ours: its tag, what else it says. */
static OhSipMessage *
answer (const OhSipMessage *request, guint status, const char *more)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, status, NULL);
  g_autoptr (GString) text = NULL;
  g_autoptr (GBytes) octets = NULL;
  g_autoptr (GBytes) whole = NULL;
  OhSipMessage *parsed;

  if (oh_sip_header_tag (oh_sip_message_get_slice (response, "To")).len == 0)
    oh_sip_message_set (response, "To", "\"Bob\" <sip:bob@fabrikam.test>;epid=b0b;tag=peer");
  octets = oh_sip_message_serialise (response);
  text = g_string_new_len (g_bytes_get_data (octets, NULL), (gssize) g_bytes_get_size (octets));
  g_string_truncate (text, text->len - 2);
  g_string_append_printf (text, "%s\r\n", more);
  whole = g_bytes_new (text->str, text->len);
  parsed = oh_sip_message_parse (whole, NULL);
  g_assert_nonnull (parsed);
  return parsed;
}

/* A request of the peer in the dialog. */
static OhSipMessage *
from_peer (OhSipDialog *dialog, const char *method, guint cseq, const char *tag, const char *more)
{
  g_autofree char *text = g_strdup_printf (
    "%s sip:anna@fabrikam.test;gruu SIP/2.0\r\nVia: SIP/2.0/TLS h;branch=z9hG4bK%u\r\n"
    "From: <sip:bob@fabrikam.test>;tag=%s;epid=b0b\r\nTo: <sip:anna@fabrikam.test>;tag=%s\r\n"
    "Call-ID: %s\r\nCSeq: %u %s\r\n%s\r\n",
    method, cseq, tag, oh_sip_dialog_local_tag (dialog), oh_sip_dialog_call_id (dialog), cseq,
    method, more);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  OhSipMessage *message = oh_sip_message_parse (bytes, NULL);

  g_assert_nonnull (message);
  return message;
}

static void
test_first_request (void)
{
  g_autoptr (OhSipDialog) dialog = new_uac ();
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_autofree char *from =
    g_strdup_printf ("<sip:anna@fabrikam.test>;tag=%s;epid=9f27", oh_sip_dialog_local_tag (dialog));

  g_assert_cmpstr (oh_sip_message_request_uri (request), ==, "sip:bob@fabrikam.test");
  g_assert_cmpstr (oh_sip_message_get (request, "From"), ==, from);
  g_assert_cmpstr (oh_sip_message_get (request, "To"), ==, "<sip:bob@fabrikam.test>");
  g_assert_cmpstr (oh_sip_message_get (request, "CSeq"), ==, "1 SUBSCRIBE");
  g_assert_cmpstr (oh_sip_message_get (request, "Contact"), ==, "<sip:anna@fabrikam.test;gruu>");
  g_assert_null (oh_sip_message_get (request, "Route"));
  g_assert_cmpint (oh_sip_dialog_state (dialog), ==, OH_SIP_DIALOG_EARLY);
  g_assert_null (oh_sip_dialog_remote_tag (dialog));
}

static void
confirm (OhSipDialog *dialog, const char *method, const char *more)
{
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (dialog, method);
  g_autoptr (OhSipMessage) response = answer (request, 200, more);

  oh_sip_dialog_take_response (dialog, request, response);
  g_assert_cmpint (oh_sip_dialog_state (dialog), ==, OH_SIP_DIALOG_CONFIRMED);
}

/* Several Record-Routes in one line and in several: all are used, in reverse, verbatim. */
static void
test_loose_routes (void)
{
  g_autoptr (OhSipDialog) dialog = new_uac ();
  g_autoptr (OhSipMessage) next = NULL;

  confirm (dialog, "SUBSCRIBE",
           "Record-Route: <sip:fe1.test;transport=tls;lr;ms-route-sig=aB%20c>,<sip:p2;lr>;x=1\r\n"
           "Record-Route: <sip:p3;lr;ms-fe=fe1.test>\r\n"
           "Contact: <sip:bob@fabrikam.test;opaque=user:epid:x;gruu>;expires=5\r\n");
  next = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_assert_cmpstr (oh_sip_message_request_uri (next), ==,
                   "sip:bob@fabrikam.test;opaque=user:epid:x;gruu");
  g_assert_cmpstr (oh_sip_message_get_nth (next, "Route", 0), ==, "<sip:p3;lr;ms-fe=fe1.test>");
  g_assert_cmpstr (oh_sip_message_get_nth (next, "Route", 1), ==, "<sip:p2;lr>;x=1");
  g_assert_cmpstr (oh_sip_message_get_nth (next, "Route", 2), ==,
                   "<sip:fe1.test;transport=tls;lr;ms-route-sig=aB%20c>");
  g_assert_null (oh_sip_message_get_nth (next, "Route", 3));
  g_assert_cmpstr (oh_sip_message_get (next, "To"), ==,
                   "<sip:bob@fabrikam.test>;tag=peer;epid=b0b");
  g_assert_cmpstr (oh_sip_message_get (next, "CSeq"), ==, "2 SUBSCRIBE");
}

static void
test_strict_routes (void)
{
  g_autoptr (OhSipDialog) dialog = new_uac ();
  g_autoptr (OhSipMessage) next = NULL;

  confirm (dialog, "SUBSCRIBE",
           "Record-Route: <sip:p2;lr>, <sip:old@p1;transport=tls>\r\nContact: <sip:bob@h>\r\n");
  next = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_assert_cmpstr (oh_sip_message_request_uri (next), ==, "sip:old@p1;transport=tls");
  g_assert_cmpstr (oh_sip_message_get_nth (next, "Route", 0), ==, "<sip:p2;lr>");
  g_assert_cmpstr (oh_sip_message_get_nth (next, "Route", 1), ==, "<sip:bob@h>");
  g_assert_null (oh_sip_message_get_nth (next, "Route", 2));
}

/* Record-Route in a later response changes nothing; a later Contact does. */
static void
test_refresh (void)
{
  g_autoptr (OhSipDialog) dialog = new_uac ();
  g_autoptr (OhSipMessage) next = NULL;

  confirm (dialog, "SUBSCRIBE", "Record-Route: <sip:p1;lr>\r\nContact: <sip:bob@h1>\r\n");
  confirm (dialog, "SUBSCRIBE", "Record-Route: <sip:p9;lr>\r\nContact: <sip:bob@h2>\r\n");
  oh_sip_dialog_set_contact (dialog, "<sip:new>");
  next = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_assert_cmpstr (oh_sip_message_get (next, "Route"), ==, "<sip:p1;lr>");
  g_assert_cmpstr (oh_sip_message_request_uri (next), ==, "sip:bob@h2");
  g_assert_cmpstr (oh_sip_message_get (next, "Contact"), ==, "<sip:new>");
}

static void
test_too_many_routes (void)
{
  g_autoptr (GString) routes = g_string_new ("Record-Route: <sip:p;lr>");
  g_autoptr (OhSipDialog) most = new_uac ();
  g_autoptr (OhSipDialog) over = new_uac ();
  g_autoptr (OhSipMessage) next = NULL;
  g_autofree char *text = NULL;

  for (guint i = 1; i < OH_SIP_ROUTES_MAX; i++)
    g_string_append (routes, ",<sip:p;lr>");
  text = g_strconcat (routes->str, "\r\n", NULL);
  confirm (most, "SUBSCRIBE", text);
  next = oh_sip_dialog_create_request (most, "SUBSCRIBE");
  g_assert_nonnull (oh_sip_message_get_nth (next, "Route", OH_SIP_ROUTES_MAX - 1));
  g_clear_pointer (&next, oh_sip_message_unref);

  g_free (text);
  text = g_strconcat (routes->str, ",<sip:q;lr>\r\n", NULL);
  confirm (over, "SUBSCRIBE", text);
  next = oh_sip_dialog_create_request (over, "SUBSCRIBE");
  g_assert_null (oh_sip_message_get (next, "Route"));
}

static void
test_matches (void)
{
  g_autoptr (OhSipDialog) dialog = new_uac ();
  g_autoptr (OhSipDialog) other = new_uac ();
  g_autoptr (OhSipMessage) first = from_peer (dialog, "NOTIFY", 1, "anyone", "");
  g_autoptr (OhSipMessage) good = from_peer (dialog, "NOTIFY", 1, "peer", "");
  g_autoptr (OhSipMessage) foreign = from_peer (dialog, "NOTIFY", 1, "forked", "");

  g_assert_true (oh_sip_dialog_matches (dialog, first)); /* early: any tag of the peer */
  g_assert_false (oh_sip_dialog_matches (other, first));
  confirm (dialog, "SUBSCRIBE", "");
  g_assert_true (oh_sip_dialog_matches (dialog, good));
  g_assert_false (oh_sip_dialog_matches (dialog, foreign));
  oh_sip_dialog_terminate (dialog);
  g_assert_false (oh_sip_dialog_matches (dialog, good));
}

static gboolean
on_request (OhSipDialog *dialog, OhSipMessage *request, gpointer user_data)
{
  GString *seen = user_data;

  g_string_append_printf (seen, "%s;", oh_sip_message_method (request));
  return !oh_sip_message_is_method (request, "BYE");
}

/* A NOTIFY may overtake the 2xx that makes the dialog. */
static void
test_notify_first (void)
{
  g_autoptr (OhSipDialog) dialog = new_uac ();
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_autoptr (OhSipMessage) notify =
    from_peer (dialog, "NOTIFY", 5, "peer",
               "Record-Route: <sip:a;lr>,<sip:b;lr>\r\nContact: <sip:bob@h1>\r\n");
  g_autoptr (OhSipMessage) ok = answer (request, 200, "Contact: <sip:bob@h2>\r\n");
  g_autoptr (OhSipMessage) next = NULL;
  guint status = 1;

  g_signal_connect (dialog, "request", G_CALLBACK (on_request), seen);
  g_assert_true (oh_sip_dialog_take_request (dialog, notify, &status));
  g_assert_cmpint (oh_sip_dialog_state (dialog), ==, OH_SIP_DIALOG_CONFIRMED);
  g_assert_cmpstr (oh_sip_dialog_remote_tag (dialog), ==, "peer");
  oh_sip_dialog_take_response (dialog, request, ok);
  next = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_assert_cmpstr (oh_sip_message_get (next, "Route"), ==, "<sip:a;lr>");
  g_assert_cmpstr (oh_sip_message_request_uri (next), ==, "sip:bob@h2");
  g_assert_cmpstr (seen->str, ==, "NOTIFY;");
}

static void
test_order (void)
{
  g_autoptr (OhSipDialog) dialog = new_uac ();
  g_autoptr (GString) seen = g_string_new (NULL);
  static const struct
  {
    const char *method;
    guint cseq;
    gboolean taken;
    guint status;
  } cases[] = {
    { "NOTIFY", 5, TRUE, 0 },      { "NOTIFY", 4, FALSE, 500 }, { "BENOTIFY", 6, TRUE, 0 },
    { "BENOTIFY", 5, FALSE, 500 }, { "INFO", 900, TRUE, 0 },    { "INFO", 900, TRUE, 0 },
  };

  confirm (dialog, "SUBSCRIBE", "");
  g_signal_connect (dialog, "request", G_CALLBACK (on_request), seen);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) m = from_peer (dialog, cases[i].method, cases[i].cseq, "peer", "");
      guint status = 1;

      g_assert_cmpint (oh_sip_dialog_take_request (dialog, m, &status), ==, cases[i].taken);
      g_assert_cmpuint (status, ==, cases[i].status);
    }
  g_assert_cmpstr (seen->str, ==, "NOTIFY;BENOTIFY;INFO;INFO;");
}

static void
test_ends (void)
{
  static const struct
  {
    guint status;
    gboolean lost;
  } cases[] = { { 481, TRUE }, { 408, TRUE }, { 500, FALSE }, { 403, FALSE }, { 200, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipDialog) dialog = new_uac ();
      g_autoptr (OhSignalLog) log = oh_signal_log_new ();
      g_autoptr (OhSipMessage) request = NULL;
      g_autoptr (OhSipMessage) response = NULL;
      g_autofree char *entry = NULL;

      confirm (dialog, "SUBSCRIBE", "");
      oh_signal_log_watch (log, dialog, "dialog", "terminated");
      request = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
      response = answer (request, cases[i].status, "");
      oh_sip_dialog_take_response (dialog, request, response);
      entry = oh_signal_log_pop (log);
      g_assert_cmpint (entry != NULL, ==, cases[i].lost);
      g_assert_cmpint (oh_sip_dialog_state (dialog), ==,
                       cases[i].lost ? OH_SIP_DIALOG_TERMINATED : OH_SIP_DIALOG_CONFIRMED);
    }
}

static void
test_never_began (void)
{
  g_autoptr (OhSipDialog) dialog = new_uac ();
  g_autoptr (OhSignalLog) log = oh_signal_log_new ();
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_autoptr (OhSipMessage) refused = answer (request, 403, "");

  oh_signal_log_watch (log, dialog, "dialog", "terminated");
  oh_sip_dialog_take_response (dialog, request, refused);
  g_assert_cmpint (oh_sip_dialog_state (dialog), ==, OH_SIP_DIALOG_TERMINATED);
  oh_signal_log_assert_empty (log); /* who asked sees it */
}

static void
test_bye_and_timeout (void)
{
  g_autoptr (OhSipDialog) dialog = new_uac ();
  g_autoptr (OhSipDialog) silent = new_uac ();
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (OhSipMessage) bye = from_peer (dialog, "BYE", 1, "peer", "");
  g_autoptr (OhSignalLog) log = oh_signal_log_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint status = 0;

  confirm (dialog, "INVITE", "");
  confirm (silent, "SUBSCRIBE", "");
  oh_signal_log_watch (log, dialog, "dialog", "terminated");
  oh_signal_log_watch (log, silent, "silent", "terminated");
  g_signal_connect (dialog, "request", G_CALLBACK (on_request), seen);
  g_assert_false (oh_sip_dialog_take_request (dialog, bye, &status));
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (seen->str, ==, "BYE;");
  oh_sip_dialog_take_timeout (silent);
  first = oh_signal_log_pop (log);
  second = oh_signal_log_pop (log);
  g_assert_true (g_str_has_prefix (first, "dialog::terminated"));
  g_assert_true (g_str_has_prefix (second, "silent::terminated"));
}

static void
test_ack (void)
{
  g_autoptr (OhSipDialog) dialog = new_uac ();
  g_autoptr (OhSipMessage) ack = NULL;
  g_autoptr (OhSipMessage) bye = NULL;

  confirm (dialog, "INVITE", "Contact: <sip:bob@h>\r\n");
  ack = oh_sip_dialog_create_request (dialog, "ACK");
  g_assert_cmpstr (oh_sip_message_get (ack, "CSeq"), ==, "1 ACK");
  g_assert_cmpstr (oh_sip_message_request_uri (ack), ==, "sip:bob@h");
  bye = oh_sip_dialog_create_request (dialog, "BYE");
  g_assert_cmpstr (oh_sip_message_get (bye, "CSeq"), ==, "2 BYE");
}

static void
test_uas (void)
{
  static const char text[] =
    "INVITE sip:anna@h SIP/2.0\r\nVia: SIP/2.0/TLS h;branch=z9hG4bK1\r\n"
    "From: \"Bob\" <sip:bob@fabrikam.test>;tag=peer;epid=b0b\r\nTo: "
    "<sip:anna@fabrikam.test>;epid=9f27\r\n"
    "Call-ID: theirs\r\nCSeq: 41 INVITE\r\nRecord-Route: <sip:a;lr>, <sip:b;lr>\r\n"
    "Contact: <sip:bob@h1>\r\n\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new (text, sizeof text - 1);
  g_autoptr (OhSipMessage) invite = oh_sip_message_parse (bytes, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipDialog) dialog = oh_sip_dialog_new_uas (invite, "<sip:us>", &error);
  g_autoptr (OhSipMessage) request = NULL;
  g_autofree char *from = NULL;

  g_assert_no_error (error);
  request = oh_sip_dialog_create_request (dialog, "INFO");
  from =
    g_strdup_printf ("<sip:anna@fabrikam.test>;tag=%s;epid=9f27", oh_sip_dialog_local_tag (dialog));
  g_assert_cmpstr (oh_sip_message_request_uri (request), ==, "sip:bob@h1");
  g_assert_cmpstr (oh_sip_message_get_nth (request, "Route", 0), ==, "<sip:a;lr>");
  g_assert_cmpstr (oh_sip_message_get_nth (request, "Route", 1), ==, "<sip:b;lr>");
  g_assert_cmpstr (oh_sip_message_get (request, "From"), ==, from);
  g_assert_cmpstr (oh_sip_message_get (request, "To"), ==,
                   "<sip:bob@fabrikam.test>;tag=peer;epid=b0b");
  g_assert_cmpstr (oh_sip_message_get (request, "Call-ID"), ==, "theirs");
  g_assert_cmpstr (oh_sip_message_get (request, "CSeq"), ==, "1 INFO");

  oh_sip_message_remove (invite, "Contact");
  g_assert_null (oh_sip_dialog_new_uas (invite, NULL, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-dialog/first-request", test_first_request);
  g_test_add_func ("/sip-dialog/loose-routes", test_loose_routes);
  g_test_add_func ("/sip-dialog/strict-routes", test_strict_routes);
  g_test_add_func ("/sip-dialog/refresh", test_refresh);
  g_test_add_func ("/sip-dialog/too-many-routes", test_too_many_routes);
  g_test_add_func ("/sip-dialog/matches", test_matches);
  g_test_add_func ("/sip-dialog/notify-first", test_notify_first);
  g_test_add_func ("/sip-dialog/order", test_order);
  g_test_add_func ("/sip-dialog/ends", test_ends);
  g_test_add_func ("/sip-dialog/never-began", test_never_began);
  g_test_add_func ("/sip-dialog/bye-and-timeout", test_bye_and_timeout);
  g_test_add_func ("/sip-dialog/ack", test_ack);
  g_test_add_func ("/sip-dialog/uas", test_uas);
  return g_test_run ();
}
