/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A web server that is no phone's friend: what it says, how slowly, and when it hangs up. Nothing
   is dialled twice, nothing grows without a limit, nothing secret goes elsewhere. */

#include "fake-clock.h"
#include "phone-peer.h"
#include "raw-server.h"
#include "snom-http.h"

#include <string.h>

#define OK_EMPTY "HTTP/1.1 200 OK\r\nServer: snom embedded\r\nContent-Length: 0\r\n\r\n"
#define CHALLENGE                                                                                  \
  "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"snom\", nonce=\"n\", "            \
  "qop=\"auth\"\r\nContent-Length: 0\r\n\r\n"
#define STALE                                                                                      \
  "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"snom\", nonce=\"n\", "            \
  "qop=\"auth\", stale=true\r\nContent-Length: 0\r\n\r\n"
#define FORBIDDEN                                                                                  \
  "HTTP/1.1 403 Forbidden\r\nServer: snom embedded\r\nContent-Length: 45\r\n\r\n"                  \
  "<HTML><TITLE>snom VoIP phone: Error</TITLE>\r\n"
#define DIAL "/command.htm?number=124"
/* What a socket and this program hold beyond what was read: sizes of buffers of the kernel. */
#define IN_FLIGHT ((gsize) 16 * 1024 * 1024)

/* A channel, what it talks to, and what came of the latest request. */
typedef struct
{
  RawServer *server;
  OhFakeClock *clock;
  OhSnomHttp *http;
  gint64 tick_us; /* how far time goes on in a millisecond; 0 for fifty times as fast as it does */
  gboolean done;
  gsize body;
  GError *error;
} Desk;

static void
desk_clear (Desk *desk)
{
  g_clear_error (&desk->error);
  g_clear_object (&desk->http);
  g_clear_pointer (&desk->server, raw_server_free);
  g_clear_object (&desk->clock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static void
set_up (Desk *desk, const RawAnswer *script, guint n_script)
{
  const OhPhoneTrust none = { .mode = OH_PHONE_TRUST_NONE };

  desk->server = raw_server_new (script, n_script);
  desk->clock = oh_fake_clock_new ();
  desk->http = oh_snom_http_new (desk->server->host, "http", OH_CLOCK (desk->clock));
  oh_snom_http_set_trust (desk->http, &none);
  oh_snom_http_set_login (desk->http, OH_PHONE_LEVEL_USER, "admin", "1234");
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Desk *desk = user_data;
  g_autoptr (GBytes) body =
    oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &desk->error);

  desk->body = body != NULL ? g_bytes_get_size (body) : 0;
  desk->done = TRUE;
}

/* Time goes on where the loop has nothing to do. */
static gboolean
on_tick (gpointer data)
{
  const Desk *desk = data;

  oh_fake_clock_advance (desk->clock, desk->tick_us > 0 ? desk->tick_us : 50 * 1000);
  return G_SOURCE_CONTINUE;
}

static void
ask (Desk *desk, OhSnomRequestKind kind, const char *target)
{
  guint ticks = g_timeout_add (1, on_tick, desk);

  g_clear_error (&desk->error);
  desk->done = FALSE;
  oh_snom_http_get_async (desk->http, kind, target, NULL, on_answer, desk);
  run_until (&desk->done);
  g_source_remove (ticks);
}

static void
on_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;
}

/* Runs the loop until the server has got that many connections. */
static void
run_to_connections (Desk *desk, guint n)
{
  guint ticks = g_timeout_add (1, on_tick, desk);

  while (desk->server->n_connections < n)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticks);
}

/* How a server can die of a request. */
static const RawAnswer deaths[] = {
  { "", RAW_CLOSE },
  { "", RAW_RESET },
  { "HTTP/1.1 2", RAW_CLOSE },
  { "HTTP/1.1 302 Found\r\nLocation: index.htm\r\nContent-", RAW_CLOSE },
  { "HTTP/1.1 100 Continue\r\n\r\n", RAW_CLOSE },
  { "HTTP/1.1 100 Continue\r\n\r\n", RAW_RESET },
  { "\r\n\r\n", RAW_CLOSE },
  { "SIP/2.0 200 OK\r\n\r\n", RAW_CLOSE },
  { "", RAW_HANG },
};

/* On a connection of its own, after one that was used and kept, and on one that was held open for
   it: however the server dies of a dial request, it has got one. */
static void
test_dial_once (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (deaths); i++)
    for (guint before = 0; before < 3; before++)
      {
        const RawAnswer script[] = { { OK_EMPTY, RAW_KEEP }, deaths[i] };
        g_auto (Desk) desk = { 0 };

        set_up (&desk, before > 0 ? script : script + 1, before > 0 ? 2 : 1);
        if (before == 1)
          ask (&desk, OH_SNOM_READ, "/info.htm");
        if (before == 2)
          {
            oh_snom_http_expect (desk.http);
            run_to_connections (&desk, 2);
          }
        ask (&desk, OH_SNOM_ONCE, DIAL);
        g_assert_error (desk.error, OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN);
        g_assert_cmpuint (raw_server_count (desk.server, DIAL), ==, 1);
        g_assert_cmpuint (desk.server->n_requests, ==, before > 0 ? 2 : 1);
        ask (&desk, OH_SNOM_READ, "/info.htm"); /* nothing was left behind that would send it */
        g_assert_cmpuint (raw_server_count (desk.server, DIAL), ==, 1);
      }
}

/* The status line says it all: what goes wrong behind it changes nothing. */
static void
test_dial_taken (void)
{
  static const RawAnswer taken[] = {
    { "HTTP/1.1 302 Found\r\nLocation: index.htm\r\n\r\n", RAW_CLOSE },
    { "HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n",
      RAW_KEEP },
    { "HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\nhalf", RAW_CLOSE },
    { "HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\nhalf", RAW_RESET },
    { "HTTP/1.1 200 OK\r\n\r\n", RAW_ENDLESS },
    { "HTTP/1.1 200 OK\r\n\r\n", RAW_HANG },
    { "HTTP/1.1 204 No Content\r\n\r\n", RAW_KEEP },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", RAW_KEEP },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_auto (Desk) desk = { 0 };

      set_up (&desk, &taken[i], 1);
      ask (&desk, OH_SNOM_ONCE, DIAL);
      g_assert_no_error (desk.error);
      g_assert_cmpuint (desk.server->n_requests, ==, 1);
    }
}

/* One page for what is forbidden and for everybody while it is locked: a harmless one tells them
   apart, and the dial request is not repeated for it. */
static void
test_forbidden (void)
{
  static const RawAnswer refused[] = { { FORBIDDEN, RAW_KEEP }, { OK_EMPTY, RAW_KEEP } };
  static const RawAnswer locked[] = { { FORBIDDEN, RAW_KEEP } };
  static const RawAnswer gone[] = { { FORBIDDEN, RAW_KEEP }, { "", RAW_CLOSE } };
  const struct
  {
    const RawAnswer *script;
    guint n;
    OhError code;
  } rows[] = { { refused, 2, OH_ERROR_PHONE_REFUSED },
               { locked, 1, OH_ERROR_PHONE_LOCKED_OUT },
               { gone, 2, OH_ERROR_PHONE_REFUSED } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Desk) desk = { 0 };

      set_up (&desk, rows[i].script, rows[i].n);
      ask (&desk, OH_SNOM_ONCE, DIAL);
      g_assert_error (desk.error, OH_ERROR, (int) rows[i].code);
      g_assert_cmpuint (raw_server_count (desk.server, DIAL), ==, 1);
      g_assert_cmpint (oh_snom_http_locked_us (desk.http) > 0, ==,
                       rows[i].code == OH_ERROR_PHONE_LOCKED_OUT);
    }
}

/* Held open ahead: the click costs no connection; and what the server has closed meanwhile is seen
   before anything is written. */
static void
test_held_open (void)
{
  static const RawAnswer script[] = { { OK_EMPTY, RAW_KEEP } };
  g_auto (Desk) desk = { 0 };

  set_up (&desk, script, 1);
  oh_snom_http_expect (desk.http);
  run_to_connections (&desk, 2); /* one for the harmless page, one that carries nothing */
  ask (&desk, OH_SNOM_SETTLE, "/info.htm");
  g_assert_cmpuint (desk.server->n_requests, ==, 1);
  ask (&desk, OH_SNOM_ONCE, DIAL);
  g_assert_no_error (desk.error);
  g_assert_cmpuint (desk.server->n_connections, ==, 2);
  g_assert_cmpuint (desk.server->n_requests, ==, 2);
  ask (&desk, OH_SNOM_ONCE, DIAL); /* the next one does not share it */
  g_assert_cmpuint (desk.server->n_connections, ==, 3);
}

/* Nobody clicks: the line goes, and the phone is not asked for ever. */
static void
test_hint_fades (void)
{
  static const RawAnswer script[] = { { OK_EMPTY, RAW_KEEP } };
  g_auto (Desk) desk = { 0 };
  guint ticks;
  gboolean over = FALSE;

  set_up (&desk, script, 1);
  oh_snom_http_expect (desk.http);
  run_to_connections (&desk, 2);
  ticks = g_timeout_add (1, on_tick, &desk);
  while (oh_fake_clock_n_alarms (desk.clock) > 0) /* the hint, the line: each ends by itself */
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticks);
  g_assert_cmpuint (desk.server->n_requests, <=, 8);
  g_idle_add_once (on_flag, &over);
  run_until (&over);
  g_assert_cmpuint (raw_server_count (desk.server, "/command.htm"), ==, 0);
}

/* Where a redirect leads is nobody's business but this host's own https. */
static void
test_redirects (void)
{
  static const char *const targets[] = {
    "http://%s/info.htm",
    "https://evil.example/info.htm",
    "https://127.0.0.1@evil.example/",
    "https://admin:1234@127.0.0.1/",
    "//%s/info.htm",
    "/index.htm",
    "https:///",
    "https://127.0.0.1:99999/",
    "javascript:alert(1)",
    "",
  };
  static const RawAnswer trap[] = { { OK_EMPTY, RAW_KEEP } };
  g_autoptr (RawServer) elsewhere = raw_server_new (trap, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_auto (Desk) desk = { 0 };
      g_auto (GStrv) parts = g_strsplit (targets[i], "%s", 2);
      g_autofree char *target = g_strjoinv (elsewhere->host, parts);
      g_autofree char *text = g_strdup_printf (
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", target);
      const RawAnswer script[] = { { CHALLENGE, RAW_KEEP }, { text, RAW_KEEP } };

      set_up (&desk, script, 2);
      ask (&desk, OH_SNOM_READ, "/info.htm");
      g_assert_error (desk.error, OH_ERROR, OH_ERROR_PHONE_REFUSED);
      g_assert_cmpuint (desk.server->n_requests, ==, 2);
      g_assert_cmpuint (elsewhere->n_connections, ==, 0);
    }
}

/* What has no end, or no sense, ends soon, and a harmless page is asked for twice at the most. */
static void
test_garbage (void)
{
  static const struct
  {
    RawAnswer answer;
    OhError code;
    guint requests;
  } rows[] = {
    { { "HTTP/1.1 200 OK\r\n\r\n", RAW_ENDLESS }, OH_ERROR_PROTOCOL, 1 },
    { { "HTTP/1.1 200 OK\r\nX: ", RAW_ENDLESS }, OH_ERROR_PROTOCOL, 1 },
    { { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", RAW_ENDLESS },
      OH_ERROR_PROTOCOL,
      1 },
    { { "HTTP/1.1 200 OK\r\nContent-Length: 4294967295\r\n\r\n", RAW_ENDLESS },
      OH_ERROR_PROTOCOL,
      1 },
    { { "", RAW_ENDLESS }, OH_ERROR_PROTOCOL, 1 },
    { { "", RAW_HANG }, OH_ERROR_UNREACHABLE, 1 },
    { { "HTTP/1.1 200 OK\r\n", RAW_DRIP }, OH_ERROR_UNREACHABLE, 1 },
    { { "HTTP/1.1 200 OK\r\n\r\n", RAW_DRIP }, OH_ERROR_UNREACHABLE, 1 },
    { { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", RAW_CLOSE }, OH_ERROR_UNREACHABLE, 2 },
    { { "HTTP/1.1 200 OK\r\nContent-Ty", RAW_CLOSE }, OH_ERROR_UNREACHABLE, 2 },
    { { "", RAW_CLOSE }, OH_ERROR_UNREACHABLE, 2 },
    { { "<HTML>not http at all</HTML>\n\n", RAW_CLOSE }, OH_ERROR_UNREACHABLE, 2 },
    { { "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n", RAW_KEEP }, OH_ERROR_PROTOCOL, 1 },
    { { "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", RAW_KEEP }, OH_ERROR_PROTOCOL, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Desk) desk = { 0 };

      g_test_message ("%s", rows[i].answer.text);
      set_up (&desk, &rows[i].answer, 1);
      ask (&desk, OH_SNOM_READ, "/info.htm");
      g_assert_error (desk.error, OH_ERROR, (int) rows[i].code);
      g_assert_cmpuint (desk.server->n_requests, ==, rows[i].requests);
      g_assert_cmpuint (desk.server->n_octets, <, OH_SNOM_PAGE_MAX + IN_FLIGHT);
    }
}

static char *
page_of (gsize octets)
{
  g_autofree char *fill = g_strnfill (octets, 'x');

  return g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          octets, fill);
}

/* The greatest page that is read, and one octet more. */
static void
test_page_limit (void)
{
  for (gsize beyond = 0; beyond < 2; beyond++)
    {
      g_autofree char *text = page_of (OH_SNOM_PAGE_MAX + beyond);
      const RawAnswer script[] = { { text, RAW_KEEP } };
      g_auto (Desk) desk = { 0 };

      set_up (&desk, script, 1);
      ask (&desk, OH_SNOM_READ, "/info.htm");
      if (beyond > 0)
        g_assert_error (desk.error, OH_ERROR, OH_ERROR_PROTOCOL);
      else
        g_assert_no_error (desk.error);
      g_assert_cmpuint (desk.body, ==, beyond > 0 ? 0 : OH_SNOM_PAGE_MAX);
    }
}

/* No cookie is ever sent back, on this connection or another. */
static void
test_cookies (void)
{
  static const RawAnswer script[] = {
    { "HTTP/1.1 200 OK\r\nSet-Cookie: session=1; Path=/\r\nSet-Cookie: b=2\r\nContent-Length: "
      "0\r\n\r\n",
      RAW_KEEP },
  };
  g_auto (Desk) desk = { 0 };

  set_up (&desk, script, 1);
  ask (&desk, OH_SNOM_READ, "/info.htm");
  ask (&desk, OH_SNOM_READ, "/info.htm");
  g_assert_cmpuint (desk.server->n_connections, ==, 1);
  ask (&desk, OH_SNOM_ONCE, DIAL);
  g_assert_cmpuint (desk.server->n_connections, ==, 2);
  g_assert_cmpuint (desk.server->n_requests, ==, 3);
  g_assert_cmpuint (raw_server_count (desk.server, "ookie"), ==, 0);
}

/* More than was announced: it is nobody's answer, and the connection is not trusted further. */
static void
test_surplus (void)
{
  static const RawAnswer script[] = {
    { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi, and another answer", RAW_KEEP },
    { OK_EMPTY, RAW_KEEP },
  };
  g_auto (Desk) desk = { 0 };

  set_up (&desk, script, 2);
  ask (&desk, OH_SNOM_READ, "/info.htm");
  g_assert_no_error (desk.error);
  g_assert_cmpuint (desk.body, ==, 2);
  ask (&desk, OH_SNOM_READ, "/info.htm");
  g_assert_no_error (desk.error);
  g_assert_cmpuint (desk.server->n_connections, ==, 2);
}

/* A server that is never content: one answer is computed, one more where the nonce was too old, and
   then no request leaves. */
static void
test_login_loops (void)
{
  static const struct
  {
    RawAnswer answer;
    guint requests;
  } rows[] = { { { CHALLENGE, RAW_KEEP }, 2 }, { { STALE, RAW_KEEP }, 3 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Desk) desk = { 0 };

      set_up (&desk, &rows[i].answer, 1);
      ask (&desk, OH_SNOM_READ, "/info.htm");
      g_assert_nonnull (desk.error);
      g_assert_cmpuint (desk.server->n_requests, ==, rows[i].requests);
    }
}

/* Garbage in a challenge is no challenge: nothing is computed, and nothing secret is sent. */
static void
test_odd_challenges (void)
{
  static const char *const values[] = {
    "", "Digest", "Digest realm=\"a\"", "Bearer", "Digest nonce=\"\"", "Basic realm=\"a\""
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "HTTP/1.1 401 No\r\nWWW-Authenticate: %s\r\nContent-Length: 0\r\n\r\n", values[i]);
      const RawAnswer script[] = { { text, RAW_KEEP } };
      g_auto (Desk) desk = { 0 };

      set_up (&desk, script, 1);
      ask (&desk, OH_SNOM_READ, "/info.htm");
      g_assert_nonnull (desk.error);
      g_assert_cmpuint (desk.server->n_requests, ==, 1);
      g_assert_cmpuint (raw_server_count (desk.server, "Authorization"), ==, 0);
    }
}

/* -- names that move -------------------------------------------------------------------------- */

/* Any name is at one address, until the test says otherwise. */
typedef struct
{
  GResolver parent_instance;
  char *address;
} OneAddress;

typedef GResolverClass OneAddressClass;

GType one_address_get_type (void);

G_DEFINE_TYPE (OneAddress, one_address, G_TYPE_RESOLVER)

static void
one_address_lookup_async (GResolver *resolver, const char *name, GResolverNameLookupFlags flags,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  const OneAddress *self = (const OneAddress *) resolver;

  if ((flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) != 0)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "none");
  else
    g_task_return_pointer (
      task, g_list_prepend (NULL, g_inet_address_new_from_string (self->address)), NULL);
}

static GList *
one_address_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
one_address_finalize (GObject *object)
{
  g_free (((OneAddress *) object)->address);
  G_OBJECT_CLASS (one_address_parent_class)->finalize (object);
}

static void
one_address_class_init (OneAddressClass *class)
{
  G_OBJECT_CLASS (class)->finalize = one_address_finalize;
  class->lookup_by_name_with_flags_async = one_address_lookup_async;
  class->lookup_by_name_with_flags_finish = one_address_lookup_finish;
}

static void
one_address_init (OneAddress *self)
{
  self->address = g_strdup ("127.0.0.1");
}

/* The name leads to another host between two requests: its certificate is another one, so that it
   gets neither the login nor the dial request; and back at the right one all is as before. */
static void
test_name_moves (void)
{
  g_autoptr (PhonePeer) right = phone_peer_new ("d785", NULL);
  const char *port = strchr (right->host, ':') + 1;
  g_autoptr (PhonePeer) wrong =
    phone_peer_new ("d785", "--address", "127.0.0.2", "--https-port", port, NULL);
  g_autoptr (GResolver) before = g_resolver_get_default ();
  OneAddress *names = g_object_new (one_address_get_type (), NULL);
  const OhPhoneTrust pin = { .mode = OH_PHONE_TRUST_PIN, .fingerprint = right->spki };
  g_autofree char *host = g_strconcat ("phone.test:", port, NULL);
  /* handshakes take the time they take */
  g_auto (Desk) desk = { .clock = oh_fake_clock_new (), .tick_us = 1000 };

  g_resolver_set_default (G_RESOLVER (names));
  desk.http = oh_snom_http_new (host, "https", OH_CLOCK (desk.clock));
  oh_snom_http_set_trust (desk.http, &pin);
  oh_snom_http_set_login (desk.http, OH_PHONE_LEVEL_USER, "admin", "1234");
  ask (&desk, OH_SNOM_READ, "/info.htm");
  g_assert_no_error (desk.error);

  g_free (names->address);
  names->address = g_strdup ("127.0.0.2");
  ask (&desk, OH_SNOM_ONCE, DIAL);
  g_assert_error (desk.error, OH_ERROR, OH_ERROR_UNTRUSTED);
  g_assert_cmpuint (phone_peer_count (wrong, "/"), ==, 0);

  g_free (names->address);
  names->address = g_strdup ("127.0.0.1");
  ask (&desk, OH_SNOM_ONCE, DIAL);
  g_assert_no_error (desk.error);
  g_assert_cmpuint (phone_peer_count (right, DIAL), ==, 1);
  g_resolver_set_default (before);
  g_object_unref (names);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-hostile/dial-once", test_dial_once);
  g_test_add_func ("/snom-hostile/dial-taken", test_dial_taken);
  g_test_add_func ("/snom-hostile/forbidden", test_forbidden);
  g_test_add_func ("/snom-hostile/held-open", test_held_open);
  g_test_add_func ("/snom-hostile/hint-fades", test_hint_fades);
  g_test_add_func ("/snom-hostile/redirects", test_redirects);
  g_test_add_func ("/snom-hostile/garbage", test_garbage);
  g_test_add_func ("/snom-hostile/page-limit", test_page_limit);
  g_test_add_func ("/snom-hostile/cookies", test_cookies);
  g_test_add_func ("/snom-hostile/surplus", test_surplus);
  g_test_add_func ("/snom-hostile/login-loops", test_login_loops);
  g_test_add_func ("/snom-hostile/odd-challenges", test_odd_challenges);
  g_test_add_func ("/snom-hostile/name-moves", test_name_moves);
  return g_test_run ();
}
