/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory-servers.h"

#include "error.h"

/* A resolver that knows one SRV name and notes what it is asked. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
  const char *hosts; /* (nullable): "dc1.example.org dc2.example.org"; NULL for no record */
  char *asked;       /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
lookup_service_async (GResolver *resolver, const char *rrname, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_auto (GStrv) hosts = g_strsplit (self->hosts != NULL ? self->hosts : "", " ", -1);
  GList *targets = NULL;

  g_free (self->asked);
  self->asked = g_strdup (rrname);
  for (guint i = 0; hosts[i] != NULL && hosts[i][0] != '\0'; i++)
    targets = g_list_append (targets, g_srv_target_new (hosts[i], (guint16) (389 + i), 1, 1));
  if (targets != NULL)
    g_task_return_pointer (task, targets, (GDestroyNotify) g_resolver_free_targets);
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
  g_free (TEST_RESOLVER (object)->asked);
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
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* "host:port host:port" of what is to be tried; "!" and the remedy's word when nothing is */
static char *
find (const char *host, const char *domain, const char *dns, char **asked)
{
  static const char *const trusted[] = { "trusted.test", NULL };
  const OhDirectorySettings settings = { .host = host,
                                         .port = 1389,
                                         .domain = domain,
                                         .trusted = trusted,
                                         .base = "",
                                         .filter = "",
                                         .ca_file = "" };
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (OhDirectoryPlace) place = oh_directory_place_new (&settings);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hosts = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  resolver->hosts = dns;
  g_resolver_set_default (G_RESOLVER (resolver));
  oh_directory_find_servers_async (place, NULL, on_found, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  hosts = oh_directory_find_servers_finish (result, &error);
  for (guint i = 0; hosts != NULL && i < hosts->len; i++)
    {
      const OhDirectoryHost *one = hosts->pdata[i];

      g_string_append_printf (text, "%s%s:%u", i > 0 ? " " : "", one->name, one->port);
    }
  if (hosts == NULL)
    g_string_append_printf (text, "!%s", oh_error_code_word ((OhError) error->code));
  if (asked != NULL)
    *asked = g_strdup (resolver->asked);
  return g_strdup (text->str);
}

static void
test_servers (void)
{
  static const struct
  {
    const char *host, *domain, *dns, *found;
  } cases[] = {
    { "dc9.elsewhere.test", "example.org", NULL, "dc9.elsewhere.test:1389" }, /* as it was set */
    { "", "example.org", "dc1.example.org dc2.example.org",
      "dc1.example.org:389 dc2.example.org:390" },
    { "", "example.org", "DC1.Example.ORG.", "DC1.Example.ORG:389" },
    { "", "example.org", "dc1.evil.test", "!unreachable" }, /* who forges DNS gets no search */
    { "", "example.org", "evil-example.org dc1.example.org", "dc1.example.org:390" },
    { "", "example.org", "dc1.trusted.test", "dc1.trusted.test:389" },
    { "", "example.org", "example.org", "!unreachable" },
    { "", "example.org", NULL, "!unreachable" },
    { "", "", "dc1.example.org", "!settings" },
    { "", "example.org", "a.example.org b.example.org c.example.org d.example.org e.example.org",
      "a.example.org:389 b.example.org:390 c.example.org:391 d.example.org:392" }, /* the limit */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = find (cases[i].host, cases[i].domain, cases[i].dns, NULL);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_asked (void)
{
  g_autofree char *asked = NULL;
  g_autofree char *not_asked = NULL;

  g_free (find ("", "example.org", NULL, &asked));
  g_free (find ("dc1", "example.org", NULL, &not_asked));
  g_assert_cmpstr (asked, ==, "_ldap._tcp.example.org");
  g_assert_null (not_asked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory-servers/servers", test_servers);
  g_test_add_func ("/directory-servers/asked", test_asked);
  return g_test_run ();
}
