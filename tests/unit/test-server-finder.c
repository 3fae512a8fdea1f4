/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server-finder.h"

#include <string.h>

#include "error.h"

/* A resolver that knows four SRV names, as many targets as the test wants, and nothing else. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
  /* "host:port[:priority[:weight]] host:port"; NULL for no record, "" as GLib has it for "." */
  const char *inside, *outside, *inside_tcp, *outside_tcp;
  GString *asked; /* (owned) */
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static GList *
targets_of (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 0);
  GList *list = NULL;

  for (char **word = words; *word != NULL; word++)
    {
      g_auto (GStrv) parts = g_strsplit (*word, ":", 4);
      guint n = g_strv_length (parts);
      guint16 numbers[3] = { 0, 1, 1 };

      for (guint i = 1; i < n; i++)
        numbers[i - 1] = (guint16) g_ascii_strtoull (parts[i], NULL, 10);
      if (n > 1)
        list =
          g_list_append (list, g_srv_target_new (parts[0], numbers[0], numbers[1], numbers[2]));
    }
  return list;
}

static void
lookup_service_async (GResolver *resolver, const char *rrname, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *text = g_str_has_prefix (rrname, "_sipinternaltls._tcp.") ? self->inside
                     : g_str_has_prefix (rrname, "_sip._tls.")          ? self->outside
                     : g_str_has_prefix (rrname, "_sipinternal._tcp.")  ? self->inside_tcp
                                                                        : self->outside_tcp;

  g_string_append_printf (self->asked, "%s ", rrname);
  if (text != NULL)
    g_task_return_pointer (task, targets_of (text), (GDestroyNotify) g_resolver_free_targets);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no record");
}

static GList *
lookup_service_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_finalize (GObject *object)
{
  g_string_free (TEST_RESOLVER (object)->asked, TRUE);
  G_OBJECT_CLASS (test_resolver_parent_class)->finalize (object);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_resolver_finalize;
  G_RESOLVER_CLASS (klass)->lookup_service_async = lookup_service_async;
  G_RESOLVER_CLASS (klass)->lookup_service_finish = lookup_service_finish;
}

static void
test_resolver_init (TestResolver *self)
{
  self->asked = g_string_new (NULL);
}

typedef struct
{
  gboolean done;
  GPtrArray *list; /* (owned) */
  GError *unused;  /* (owned) */
  GError *error;   /* (owned) */
} Found;

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Found *found = user_data;

  found->list = oh_server_find_finish (result, &found->unused, &found->error);
  found->done = TRUE;
}

/* "host:port" of each, guesses in round brackets. @unused, @error: (out) (nullable) */
static char *
find (const OhServerQuery *query, GError **unused, GError **error)
{
  Found found = { FALSE };
  GString *text = g_string_new (NULL);

  oh_server_find_async (query, NULL, on_found, &found);
  while (!found.done)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; found.list != NULL && i < found.list->len; i++)
    {
      const OhServer *server = g_ptr_array_index (found.list, i);
      const char *format[] = { "", "(", ")" };

      g_string_append_printf (text, "%s%s%s:%u%s", i > 0 ? " " : "",
                              format[server->guessed ? 1 : 0], server->host, server->port,
                              format[server->guessed ? 2 : 0]);
    }
  g_clear_pointer (&found.list, g_ptr_array_unref);
  if (found.unused != NULL)
    g_propagate_error (unused, found.unused);
  if (found.error != NULL)
    g_propagate_error (error, found.error);
  return g_string_free (text, FALSE);
}

#define GUESSES                                                                                    \
  "(sipinternal.fabrikam.test:5061) (sipinternal.fabrikam.test:443) (sip.fabrikam.test:5061) "     \
  "(sip.fabrikam.test:443) (sipexternal.fabrikam.test:5061) (sipexternal.fabrikam.test:443) "      \
  "(fabrikam.test:5061)"

static void
test_discovery (void)
{
  static const char *const contoso[] = { "contoso.test", NULL };
  static const struct
  {
    const char *inside, *outside;
    OhServerNames names;
    const char *const *others;
    const char *list, *refused;
  } cases[] = {
    { NULL, NULL, 0, NULL, GUESSES, NULL },
    { "pool1.fabrikam.test:5061", "edge.fabrikam.test:443", 0, NULL,
      "pool1.fabrikam.test:5061 edge.fabrikam.test:443 " GUESSES, NULL },
    { NULL, "e1.deep.fabrikam.test:443:1 e2.fabrikam.test.:444:2", 0, NULL,
      "e1.deep.fabrikam.test:443 e2.fabrikam.test:444 " GUESSES, NULL },
    { "p2.fabrikam.test:5061:20 p1.fabrikam.test:5061:10", NULL, 0, NULL,
      "p1.fabrikam.test:5061 p2.fabrikam.test:5061 " GUESSES, NULL },
    /* one server under both names is tried once, and a guess is as good as named then */
    { "sip.fabrikam.test:5061", "SIP.fabrikam.test:5061", 0, NULL,
      "sip.fabrikam.test:5061 (sipinternal.fabrikam.test:5061) (sipinternal.fabrikam.test:443) "
      "(sip.fabrikam.test:443) (sipexternal.fabrikam.test:5061) (sipexternal.fabrikam.test:443) "
      "(fabrikam.test:5061)",
      NULL },
    /* a forged answer leads nowhere; "." means that the service is not here */
    { "evil.test:5061:1 evilfabrikam.test:5061:2 .:0:3", "fabrikam.test.evil.test:443", 0, NULL,
      GUESSES, "“evil.test”" },
    { ".:0", "", 0, NULL, GUESSES, NULL },
    { "pool.contoso.test:5061", NULL, 0, NULL, GUESSES, "“pool.contoso.test”" },
    { "pool.contoso.test:5061", NULL, 0, contoso, "pool.contoso.test:5061 " GUESSES, NULL },
    { "a.b.fabrikam.test:5061", NULL, OH_SERVER_NAMES_STRICT, NULL, GUESSES,
      "“a.b.fabrikam.test”" },
    { "b.fabrikam.test:5061", NULL, OH_SERVER_NAMES_STRICT, NULL, "b.fabrikam.test:5061 " GUESSES,
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
      const OhServerQuery query = { .uri = "sip:anna@fabrikam.test",
                                    .trust = { "fabrikam.test", cases[i].names, cases[i].others },
                                    .resolver = G_RESOLVER (resolver) };
      g_autoptr (GError) unused = NULL;
      g_autofree char *list = NULL;

      resolver->inside = cases[i].inside;
      resolver->outside = cases[i].outside;
      list = find (&query, &unused, NULL);
      g_assert_cmpstr (list, ==, cases[i].list);
      g_assert_cmpstr (resolver->asked->str, ==,
                       "_sipinternaltls._tcp.fabrikam.test _sip._tls.fabrikam.test "
                       "_sipinternal._tcp.fabrikam.test _sip._tcp.fabrikam.test ");
      if (cases[i].refused == NULL)
        {
          g_assert_no_error (unused);
          continue;
        }
      /* whoever has to act hears which name it was and which setting lets it in */
      g_assert_error (unused, OH_ERROR, OH_ERROR_UNTRUSTED);
      g_assert_nonnull (strstr (unused->message, cases[i].refused));
      g_assert_nonnull (strstr (unused->message, "“trusted-domains”"));
    }
}

/* Servers without TLS are reported and never used; a foreign name is the more telling report. */
static void
test_tcp (void)
{
  static const struct
  {
    const char *inside, *inside_tcp, *outside_tcp;
    OhError code;
    const char *named;
  } cases[] = {
    { NULL, "old.fabrikam.test:5060", NULL, OH_ERROR_UNREACHABLE, "“old.fabrikam.test”" },
    { NULL, NULL, "old.fabrikam.test:5060", OH_ERROR_UNREACHABLE, "_sip._tcp" },
    { "evil.test:5061", "old.fabrikam.test:5060", NULL, OH_ERROR_UNTRUSTED, "“evil.test”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
      const OhServerQuery query = { .uri = "sip:anna@fabrikam.test",
                                    .trust = { .domain = "fabrikam.test" },
                                    .resolver = G_RESOLVER (resolver) };
      g_autoptr (GError) unused = NULL;
      g_autofree char *list = NULL;

      resolver->inside = cases[i].inside;
      resolver->inside_tcp = cases[i].inside_tcp;
      resolver->outside_tcp = cases[i].outside_tcp;
      list = find (&query, &unused, NULL);
      g_assert_cmpstr (list, ==, GUESSES);
      g_assert_error (unused, OH_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (unused->message, cases[i].named));
    }
}

/* Who took us last comes first; an Edge only after those that can be found inside alone. */
static void
test_last_time (void)
{
  static const struct
  {
    const char *uri;
    gboolean remote;
    const char *list;
  } cases[] = {
    { "sip:anna@fabrikam.test", FALSE,
      "last.test:443 in.fabrikam.test:5061 out.fabrikam.test:443 " },
    { "sip:anna@fabrikam.test", TRUE,
      "in.fabrikam.test:5061 last.test:443 out.fabrikam.test:443 " },
    { "sip:bob@fabrikam.test", FALSE, "in.fabrikam.test:5061 out.fabrikam.test:443 " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
      g_autoptr (OhServerCache) cache = oh_server_cache_new (NULL);
      g_autoptr (OhServer) last = oh_server_new ("last.test", 443, "redirect");
      const OhServerQuery query = { .uri = "sip:anna@fabrikam.test",
                                    .trust = { .domain = "fabrikam.test" },
                                    .cache = cache,
                                    .resolver = G_RESOLVER (resolver) };
      g_autofree char *wanted = g_strconcat (cases[i].list, GUESSES, NULL);
      g_autofree char *list = NULL;

      resolver->inside = "in.fabrikam.test:5061";
      resolver->outside = "out.fabrikam.test:443";
      oh_server_cache_put (cache, cases[i].uri, last, cases[i].remote);
      list = find (&query, NULL, NULL);
      g_assert_cmpstr (list, ==, wanted);
    }
}

G_STATIC_ASSERT (OH_SERVER_RECORDS_MAX == 32);

/* As many records as are used, and one more; of 96 candidates and one more as many as are tried. */
static void
test_limit (void)
{
  for (guint extra = 0; extra < 2; extra++)
    {
      g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
      const OhServerQuery query = { .uri = "sip:anna@fabrikam.test",
                                    .trust = { .domain = "fabrikam.test" },
                                    .resolver = G_RESOLVER (resolver) };
      g_autoptr (GString) many = g_string_new ("h0.fabrikam.test:1:0");
      g_autofree char *list = NULL;

      for (guint i = 1; i < OH_SERVER_RECORDS_MAX + extra; i++)
        g_string_append_printf (many, " h%u.fabrikam.test:1:%u", i, i);
      resolver->inside = many->str;
      list = find (&query, NULL, NULL);
      g_assert_nonnull (g_strrstr (list, "h31."));
      g_assert_null (g_strrstr (list, "h32."));
    }
}

static void
test_manual (void)
{
  static const struct
  {
    const char *typed, *server;
  } cases[] = {
    { "fe1.fabrikam.test", "fe1.fabrikam.test:5061" },
    { " fe1.fabrikam.test:443 ", "fe1.fabrikam.test:443" },
    { "fe1", "fe1:5061" },
    { "192.0.2.1:5061", "192.0.2.1:5061" },
    { "[2001:db8::1]", "2001:db8::1:5061" },
    { "[2001:db8::1]:443", "2001:db8::1:443" },
    { "fe1:0", NULL },
    { "fe1:65535", "fe1:65535" },
    { "fe1:65536", NULL },
    { "fe1:x", NULL },
    { "fe1:", NULL },
    { ":5061", NULL },
    { "2001:db8::1", NULL },
    { "[fe1]", NULL },
    { "[2001:db8::1", NULL },
    { "[2001:db8::1]x", NULL },
    { "fe 1", NULL },
    { "sip:fe1", NULL },
    { "fe1/x", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
      const OhServerQuery query = { .uri = "sip:anna@fabrikam.test",
                                    .trust = { .domain = "fabrikam.test" },
                                    .manual = cases[i].typed,
                                    .resolver = G_RESOLVER (resolver) };
      const OhServerQuery outside = { .uri = "sip:anna@fabrikam.test",
                                      .trust = { .domain = "fabrikam.test" },
                                      .manual = "in:5061",
                                      .manual_outside = cases[i].typed,
                                      .resolver = G_RESOLVER (resolver) };
      g_autoptr (GError) error = NULL;
      g_autofree char *list = find (&query, NULL, &error);
      g_autofree char *both = find (&outside, NULL, NULL);
      g_autofree char *wanted = g_strconcat ("in:5061 ", cases[i].server, NULL);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (list, ==, cases[i].server != NULL ? cases[i].server : "");
      g_assert_cmpstr (both, ==, cases[i].server != NULL ? wanted : "");
      if (cases[i].server == NULL)
        g_assert_error (error, OH_ERROR, OH_ERROR_SETTINGS);
      g_assert_cmpstr (resolver->asked->str, ==, ""); /* nothing is discovered then */
    }
}

static void
test_bad_domain (void)
{
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (GError) error = NULL;
  const OhServerQuery query = { .uri = "sip:anna@fabrikam..test",
                                .trust = { .domain = "fabrikam..test" },
                                .resolver = G_RESOLVER (resolver) };
  g_autofree char *list = find (&query, NULL, &error);

  g_assert_cmpstr (list, ==, "");
  g_assert_error (error, OH_ERROR, OH_ERROR_SETTINGS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-finder/discovery", test_discovery);
  g_test_add_func ("/server-finder/tcp", test_tcp);
  g_test_add_func ("/server-finder/last-time", test_last_time);
  g_test_add_func ("/server-finder/limit", test_limit);
  g_test_add_func ("/server-finder/manual", test_manual);
  g_test_add_func ("/server-finder/bad-domain", test_bad_domain);
  return g_test_run ();
}
