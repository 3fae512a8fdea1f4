/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The service on a private bus: real models behind it, a fake phone, and a host that writes down
 * what it was asked for. */

#include "bus-service.h"

#include <string.h>

#include "bus-connection.h"
#include "bus-generated.h"
#include "bus-secret.h"
#include "fake-clock.h"
#include "fake-phone.h"

typedef struct
{
  GTestDBus *bus;
  OhFakeClock *clock;
  OhFakePhone *phone;
  OhContacts *contacts;
  OhSubscription *subscription;
  OhPublication *publication;
  OhCallList *calls;
  OhDialler *dialler;
  OhBusService *service;
  GString *asked;          /* of the host */
  GDBusConnection *server; /* where the service is */
  GDBusConnection *client; /* another connection to the same bus */
  OhBusAgent1 *proxy;
  GAsyncResult *result;
} Fixture;

static void
return_task (GTask *task)
{
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
host_sign_in (gpointer host, GTask *task)
{
  g_string_append (((Fixture *) host)->asked, "sign-in;");
  g_task_return_new_error (task, OH_ERROR, OH_ERROR_SIGN_IN, "wrong password");
  g_object_unref (task);
}

static void
host_sign_out (gpointer host, GTask *task)
{
  g_string_append (((Fixture *) host)->asked, "sign-out;");
  return_task (task);
}

static void
host_store_secret (gpointer host, const char *kind, const char *id, const char *secret, GTask *task)
{
  g_string_append_printf (((Fixture *) host)->asked, "store %s/%s=%s;", kind, id, secret);
  return_task (task);
}

static char *
host_add_phone (gpointer host, const char *address, GError **error)
{
  g_string_append_printf (((Fixture *) host)->asked, "add %s;", address);
  return g_strdup ("new");
}

static void
host_remove_phone (gpointer host, const char *id, GTask *task)
{
  g_string_append_printf (((Fixture *) host)->asked, "remove %s;", id);
  return_task (task);
}

static char *
host_pin (const char *id, const char *fingerprint, gpointer host, GError **error)
{
  g_string_append_printf (((Fixture *) host)->asked, "pin %s=%s;", id, fingerprint);
  return g_strdup ("stored");
}

static const OhBusHost host = {
  .sign_in = host_sign_in,
  .sign_out = host_sign_out,
  .store_secret = host_store_secret,
  .add_phone = host_add_phone,
  .remove_phone = host_remove_phone,
  .pin = host_pin,
};

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_null (f->result);
  f->result = g_object_ref (result);
}

static GAsyncResult *
wait_result (Fixture *f)
{
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return f->result;
}

static void
on_flag (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
make_models (Fixture *f)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);

  f->clock = oh_fake_clock_new ();
  f->phone = oh_fake_phone_new ("desk", OH_CLOCK (f->clock), TRUE);
  f->contacts = oh_contacts_new ();
  f->subscription = oh_subscription_new (OH_CLOCK (f->clock), f->contacts);
  f->publication = oh_publication_new (OH_CLOCK (f->clock), f->subscription);
  f->calls = oh_call_list_new (OH_CLOCK (f->clock));
  f->dialler = oh_dialler_new (f->calls, OH_CLOCK (f->clock));
  oh_dialler_set_plan (f->dialler, plan);
  oh_dialler_add_phone (f->dialler, OH_PHONE (f->phone));
}

static void
set_up (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean owned = FALSE;
  const OhBusPhoneSettings settings = { .host = "h", .trust = "pin", .fingerprint = "" };

  make_models (f);
  f->asked = g_string_new (NULL);
  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  f->server = connect_to (f->bus);
  f->client = connect_to (f->bus);
  f->service = oh_bus_service_new (
    &(OhBusModels){ OH_CLOCK (f->clock), f->calls, f->dialler, f->contacts, f->publication }, &host,
    f);
  oh_bus_service_add_phone (f->service, "desk", OH_PHONE (f->phone), &settings);
  g_signal_connect_swapped (f->service, "owned", G_CALLBACK (on_flag), &owned);
  g_assert_true (oh_bus_service_export (f->service, f->server, FALSE, &error));
  while (!owned)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_func (f->service, on_flag, &owned);

  oh_bus_agent1_proxy_new (f->client, G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH, NULL,
                           on_result, f);
  f->proxy = oh_bus_agent1_proxy_new_finish (wait_result (f), &error);
  g_assert_no_error (error);
  g_clear_object (&f->result);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  g_clear_object (&f->result);
  g_clear_object (&f->proxy);
  g_clear_object (&f->service);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_dbus_connection_close_sync (f->client, NULL, NULL);
  g_dbus_connection_close_sync (f->server, NULL, NULL);
  g_clear_object (&f->client);
  g_clear_object (&f->server);
  g_clear_object (&f->dialler);
  g_clear_object (&f->calls);
  g_clear_object (&f->publication);
  g_clear_object (&f->subscription);
  g_clear_object (&f->contacts);
  g_clear_object (&f->phone);
  g_clear_object (&f->clock);
  g_test_dbus_down (f->bus);
  g_clear_object (&f->bus);
  g_string_free (f->asked, TRUE);
}

/* Calls a method by name and says what became of it: the printed reply, or the error's name. */
static char *
call_at (Fixture *f, const char *path, const char *interface, const char *method,
         GVariant *parameters)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&f->result);
  g_dbus_connection_call (f->client, OH_BUS_NAME, path, interface, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_result, f);
  reply = g_dbus_connection_call_finish (f->client, wait_result (f), &error);
  g_clear_object (&f->result);
  if (reply != NULL)
    return g_variant_print (reply, FALSE);
  return g_dbus_error_get_remote_error (error);
}

static char *
call (Fixture *f, const char *method, GVariant *parameters)
{
  return call_at (f, OH_BUS_PATH, "org.offhook.Agent1", method, parameters);
}

#define assert_call(f, method, parameters, expected)                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *got = call (f, method, parameters);                                           \
    g_assert_cmpstr (got, ==, expected);                                                           \
  }                                                                                                \
  G_STMT_END

static void
wait_state (OhBusAgent1 *proxy, const char *state)
{
  while (g_strcmp0 (oh_bus_agent1_get_endpoint_state (proxy), state) != 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_properties (Fixture *f, gconstpointer user_data)
{
  const OhBusEndpoint failed = {
    .state = "failed",
    .reason = "The server refused the password.",
    .code = "credentials-rejected",
    .advice = "Enter it again.",
    .uri = "sip:alice@fabrikam.test",
    .remote = TRUE,
    .since_us = 42,
  };

  g_assert_cmpstr (oh_bus_agent1_get_version (f->proxy), ==, OH_VERSION);
  g_assert_cmpstr (oh_bus_agent1_get_endpoint_state (f->proxy), ==, "offline");
  g_assert_cmpstr (oh_bus_agent1_get_endpoint_uri (f->proxy), ==, "");
  g_assert_cmpstr (oh_bus_agent1_get_availability (f->proxy), ==, "unknown");
  g_assert_cmpstr (oh_bus_agent1_get_confirm_links (f->proxy), ==, "always");
  g_assert_false (oh_bus_agent1_get_busy (f->proxy));
  g_assert_false (oh_bus_agent1_get_screen_locked (f->proxy));

  oh_bus_service_set_screen_locked (f->service, TRUE);
  oh_bus_service_set_confirm_links (f->service, "unknown");
  oh_bus_service_set_endpoint (f->service, &failed);
  wait_state (f->proxy, "failed");
  g_assert_cmpstr (oh_bus_agent1_get_endpoint_reason (f->proxy), ==, failed.reason);
  g_assert_cmpstr (oh_bus_agent1_get_endpoint_reason_code (f->proxy), ==, failed.code);
  g_assert_cmpstr (oh_bus_agent1_get_endpoint_advice (f->proxy), ==, failed.advice);
  g_assert_cmpstr (oh_bus_agent1_get_endpoint_server (f->proxy), ==, "");
  g_assert_true (oh_bus_agent1_get_endpoint_remote (f->proxy));
  g_assert_cmpint (oh_bus_agent1_get_endpoint_since (f->proxy), ==, 42);
  g_assert_true (oh_bus_agent1_get_screen_locked (f->proxy));
  g_assert_cmpstr (oh_bus_agent1_get_confirm_links (f->proxy), ==, "unknown");
}

static void
test_host (Fixture *f, gconstpointer user_data)
{
  g_autofree char *pinned = NULL;

  assert_call (f, "SignIn", NULL, "org.offhook.Error.SignIn");
  assert_call (f, "SignOut", NULL, "()");
  assert_call (f, "AddPhone", g_variant_new ("(s)", "192.0.2.10"), "('new',)");
  assert_call (f, "RemovePhone", g_variant_new ("(s)", "new"), "()");
  pinned = call_at (f, OH_BUS_PHONES "/desk", "org.offhook.Phone1", "TrustCertificate",
                    g_variant_new ("(s)", "ab:cd"));
  g_assert_cmpstr (pinned, ==, "('stored',)");
  g_assert_cmpstr (f->asked->str, ==, "sign-in;sign-out;add 192.0.2.10;remove new;pin desk=ab:cd;");
}

static void
store (Fixture *f, const char *kind, const char *secret, GError **error)
{
  g_clear_object (&f->result);
  oh_bus_store_secret_async (f->proxy, kind, "desk", secret, NULL, on_result, f);
  oh_bus_store_secret_finish (f->proxy, wait_result (f), error);
  oh_error_strip_remote (error);
  g_clear_object (&f->result);
}

static void
test_secret (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *longest = g_strnfill (OH_BUS_SECRET_MAX, 'x');
  g_autofree char *longer = g_strnfill (OH_BUS_SECRET_MAX + 1, 'x');

  store (f, "phone", "Pässw0rd!", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (f->asked->str, ==, "store phone/desk=Pässw0rd!;");
  store (f, "phone", longest, &error);
  g_assert_no_error (error);
  store (f, "phone", longer, &error);
  g_assert_error (error, OH_ERROR, OH_ERROR_USAGE);
  g_clear_error (&error);
  g_string_truncate (f->asked, 0);
  store (f, "bank", "geheim", &error);
  g_assert_error (error, OH_ERROR, OH_ERROR_USAGE);
  g_assert_cmpstr (f->asked->str, ==, "");
  /* an index without a descriptor: whoever sends that gets an error, not a dead agent */
  assert_call (f, "StoreSecret", g_variant_new ("(ssh)", "phone", "desk", 0),
               "org.offhook.Error.Usage");
}

static void
test_numbers (Fixture *f, gconstpointer user_data)
{
  g_autofree char *number = call (f, "ParseNumber", g_variant_new ("(ss)", "030 12345678", "user"));
  g_autofree char *link =
    call (f, "ParseNumber", g_variant_new ("(ss)", "tel:+493012345678", "link"));
  g_autofree char *huge = g_strnfill (100000, '1');

  g_assert_nonnull (strstr (number, "'dialled': <'+493012345678'>"));
  g_assert_nonnull (strstr (number, "'kind': <'e164'>"));
  g_assert_nonnull (strstr (number, "'confirm': <false>"));
  g_assert_nonnull (strstr (link, "'confirm': <true>"));
  assert_call (f, "ParseNumber", g_variant_new ("(ss)", "call me", "user"),
               "org.offhook.Error.BadNumber");
  assert_call (f, "ParseNumber", g_variant_new ("(ss)", huge, "user"),
               "org.offhook.Error.BadNumber");
  assert_call (f, "ParseNumber", g_variant_new ("(ss)", "12", "oracle"), "org.offhook.Error.Usage");
}

static GVariant *
dial_arguments (const char *text, const char *source, const char *options)
{
  return g_variant_new ("(ss@a{sv})", text, source, g_variant_new_parsed (options));
}

static void
test_dial_refused (Fixture *f, gconstpointer user_data)
{
  assert_call (f, "Dial", dial_arguments ("call me", "user", "@a{sv} {}"),
               "org.offhook.Error.BadNumber");
  assert_call (f, "Dial", dial_arguments ("tel:+493012345678", "link", "@a{sv} {}"),
               "org.offhook.Error.Confirm");
  assert_call (f, "Dial", dial_arguments ("12", "user", "{'phone': <'hall'>}"),
               "org.offhook.Error.NoPhone");
  assert_call (f, "Dial", dial_arguments ("12", "oracle", "@a{sv} {}"), "org.offhook.Error.Usage");
  oh_dialler_set_screen_locked (f->dialler, TRUE);
  assert_call (f, "Dial", dial_arguments ("12", "user", "{'confirmed': <true>}"),
               "org.offhook.Error.Locked");
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, ""); /* not one of them left */
}

static GDBusObjectManager *
manage (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GDBusObjectManager *manager;

  g_clear_object (&f->result);
  g_dbus_object_manager_client_new (f->client, G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_NONE, OH_BUS_NAME,
                                    OH_BUS_PATH, oh_bus_proxy_type, NULL, NULL, NULL, on_result, f);
  manager = g_dbus_object_manager_client_new_finish (wait_result (f), &error);
  g_assert_no_error (error);
  g_clear_object (&f->result);
  return manager;
}

static OhBusCall1 *
wait_call (GDBusObjectManager *manager, const char *state)
{
  for (;;)
    {
      g_autoptr (GDBusInterface) call =
        g_dbus_object_manager_get_interface (manager, OH_BUS_CALLS "/c1", "org.offhook.Call1");

      if (call != NULL && g_strcmp0 (oh_bus_call1_get_state (OH_BUS_CALL1 (call)), state) == 0)
        return OH_BUS_CALL1 (g_steal_pointer (&call));
      g_main_context_iteration (NULL, TRUE);
    }
}

/* From the click to the end of the call, as a client sees it. */
static void
test_call (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GDBusObjectManager) manager = manage (f);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *hung_up = NULL;
  OhBusCall1 *shown;
  const char *path;

  g_dbus_connection_call (f->client, OH_BUS_NAME, OH_BUS_PATH, "org.offhook.Agent1", "Dial",
                          dial_arguments ("030 12345678", "user", "@a{sv} {}"), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_result, f);
  shown = wait_call (manager, "dialing");
  g_assert_cmpstr (oh_bus_call1_get_number (shown), ==, "+493012345678");
  g_assert_cmpstr (oh_bus_call1_get_phone (shown), ==, "desk");
  g_object_unref (shown);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_OUTGOING, "abc", "+493012345678@pbx");
  reply = g_dbus_connection_call_finish (f->client, wait_result (f), &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(&o)", &path);
  g_assert_cmpstr (path, ==, OH_BUS_CALLS "/c1");
  while (!oh_bus_agent1_get_busy (f->proxy))
    g_main_context_iteration (NULL, TRUE);

  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, "abc", "+493012345678@pbx");
  g_object_unref (wait_call (manager, "connected"));
  assert_call (f, "Dial", dial_arguments ("12", "user", "@a{sv} {}"), "org.offhook.Error.Busy");

  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_DISCONNECTED, "abc", "+493012345678@pbx");
  g_object_unref (wait_call (manager, "ended"));
  hung_up = call_at (f, OH_BUS_CALLS "/c1", "org.offhook.Call1", "HangUp", NULL);
  g_assert_cmpstr (hung_up, ==, "org.offhook.Error.NoCall");
  while (oh_bus_agent1_get_busy (f->proxy))
    g_main_context_iteration (NULL, TRUE);
  oh_fake_clock_advance (f->clock, OH_BUS_CALL_LINGER_US * 4);
  while (g_dbus_object_manager_get_object (manager, OH_BUS_CALLS "/c1") != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_presence (Fixture *f, gconstpointer user_data)
{
  assert_call (f, "SetPresence",
               g_variant_new ("(s@a{sv})", "sleepy", g_variant_new ("a{sv}", NULL)),
               "org.offhook.Error.Usage");
  assert_call (f, "SetPresence", g_variant_new ("(s@a{sv})", "dnd", g_variant_new ("a{sv}", NULL)),
               "org.offhook.Error.NotSignedIn");
  assert_call (f, "ListContacts", NULL, "(0, [])");
}

static void
on_lost (OhBusService *service, gboolean taken, gboolean *out)
{
  *out = taken;
}

static void
test_replaced (Fixture *f, gconstpointer user_data)
{
  gboolean lost = FALSE;
  g_autoptr (GVariant) reply = NULL;

  g_signal_connect (f->service, "lost", G_CALLBACK (on_lost), &lost);
  reply = g_dbus_connection_call_sync (
    f->client, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
    "RequestName", g_variant_new ("(su)", OH_BUS_NAME, 2 | 4), NULL, 0, -1, NULL, NULL);
  while (!lost)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/bus-service/properties", Fixture, NULL, set_up, test_properties, tear_down);
  g_test_add ("/bus-service/host", Fixture, NULL, set_up, test_host, tear_down);
  g_test_add ("/bus-service/secret", Fixture, NULL, set_up, test_secret, tear_down);
  g_test_add ("/bus-service/numbers", Fixture, NULL, set_up, test_numbers, tear_down);
  g_test_add ("/bus-service/dial-refused", Fixture, NULL, set_up, test_dial_refused, tear_down);
  g_test_add ("/bus-service/call", Fixture, NULL, set_up, test_call, tear_down);
  g_test_add ("/bus-service/presence", Fixture, NULL, set_up, test_presence, tear_down);
  g_test_add ("/bus-service/replaced", Fixture, NULL, set_up, test_replaced, tear_down);
  return g_test_run ();
}
