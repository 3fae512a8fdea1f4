/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signs in with the product's registration and says on stdout, one JSON object per line, what
 * becomes of it; takes commands on stdin. So that tests of signing in need neither bus nor agent.
 *
 * Commands: sign-in, sign-out, check, password TEXT, send METHOD, mark (which is only answered),
 * quit, and hurry N: time runs so many times as fast from now on. */

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "log.h"
#include "registration.h"

typedef struct
{
  char *uri, *server, *login, *password, *mechanism, *ca_file, *epid;
  int dead_peer_s;
  gboolean allow_unauthenticated, allow_56_bit, extended_protection;
  char *external_server, *server_names, *state_dir;
  char **trusted_domains;
} Options;

static void
options_clear (Options *o)
{
  char *const texts[] = {
    o->uri,     o->server, o->login,           o->password,     o->mechanism,
    o->ca_file, o->epid,   o->external_server, o->server_names, o->state_dir
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (o->trusted_domains);
}

/* --- a clock that can run faster ----------------------------------------------------------- */

#define TYPE_FAST_CLOCK (fast_clock_get_type ())
G_DECLARE_FINAL_TYPE (FastClock, fast_clock, FAST, CLOCK, GObject)

typedef struct
{
  FastClock *clock; /* borrowed */
  guint id;
  guint ours; /* the system clock's */
  gint64 due_us;
  GSourceFunc func;
  gpointer user_data;
} Alarm;

struct _FastClock
{
  GObject parent_instance;
  int factor;
  gint64 base_us, since_us; /* our time, and the system's, when the factor was set */
  guint last;
  GPtrArray *alarms; /* (owned) (element-type Alarm) */
};

static gint64
fast_now_us (OhClock *clock)
{
  FastClock *self = FAST_CLOCK (clock);

  return self->base_us + (oh_clock_now_us (oh_clock_system ()) - self->since_us) * self->factor;
}

static gint64
fast_wall_us (OhClock *clock)
{
  return oh_clock_wall_us (oh_clock_system ());
}

static gboolean
on_alarm (gpointer user_data)
{
  Alarm *alarm = user_data;
  Alarm rung = *alarm;

  g_ptr_array_remove (alarm->clock->alarms, alarm);
  return rung.func (rung.user_data);
}

static void
wind (Alarm *alarm)
{
  gint64 delay_us = MAX (alarm->due_us - fast_now_us (OH_CLOCK (alarm->clock)), 0);

  alarm->ours =
    oh_clock_add_alarm_in (oh_clock_system (), delay_us / alarm->clock->factor, on_alarm, alarm);
}

static guint
fast_add_alarm (OhClock *clock, gint64 due_us, GSourceFunc func, gpointer user_data)
{
  FastClock *self = FAST_CLOCK (clock);
  Alarm *alarm = g_new (Alarm, 1);

  *alarm = (Alarm){ self, ++self->last, 0, due_us, func, user_data };
  g_ptr_array_add (self->alarms, alarm);
  wind (alarm);
  return alarm->id;
}

static void
fast_remove_alarm (OhClock *clock, guint id)
{
  FastClock *self = FAST_CLOCK (clock);

  for (guint i = 0; i < self->alarms->len; i++)
    {
      Alarm *alarm = g_ptr_array_index (self->alarms, i);

      if (alarm->id != id)
        continue;
      oh_clock_remove_alarm (oh_clock_system (), alarm->ours);
      g_ptr_array_remove_index (self->alarms, i);
      return;
    }
}

static void
set_factor (FastClock *self, int factor)
{
  self->base_us = fast_now_us (OH_CLOCK (self));
  self->since_us = oh_clock_now_us (oh_clock_system ());
  self->factor = MAX (factor, 1);
  for (guint i = 0; i < self->alarms->len; i++)
    {
      Alarm *alarm = g_ptr_array_index (self->alarms, i);

      oh_clock_remove_alarm (oh_clock_system (), alarm->ours);
      wind (alarm);
    }
}

static void
clock_iface_init (OhClockInterface *iface)
{
  iface->now_us = fast_now_us;
  iface->wall_us = fast_wall_us;
  iface->add_alarm = fast_add_alarm;
  iface->remove_alarm = fast_remove_alarm;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FastClock, fast_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_CLOCK, clock_iface_init))

static void
fast_clock_finalize (GObject *object)
{
  g_ptr_array_unref (FAST_CLOCK (object)->alarms);
  G_OBJECT_CLASS (fast_clock_parent_class)->finalize (object);
}

static void
fast_clock_class_init (FastClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fast_clock_finalize;
}

static void
fast_clock_init (FastClock *self)
{
  self->factor = 1;
  self->alarms = g_ptr_array_new_with_free_func (g_free);
}

typedef struct
{
  Options options;
  GMainLoop *loop;
  FastClock *clock;
  OhRegistration *registration;
  guint asked; /* how often the password was asked for */
} Probe;

/* --- what it says -------------------------------------------------------------------------- */

static void
say (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_print ("%s\n", text);
}

static void
add (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static JsonBuilder *
event (const char *name)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  add (builder, "event", name);
  return builder;
}

static void
say_event (const char *name)
{
  g_autoptr (JsonBuilder) builder = event (name);

  say (builder);
}

static void
on_state (OhRegistration *registration, GParamSpec *pspec, Probe *probe)
{
  g_autoptr (JsonBuilder) builder = event ("state");
  const GError *reason = oh_registration_reason (registration);
  g_autofree char *server = NULL;
  g_autofree char *mechanism = NULL;
  g_autofree char *text = oh_registration_describe (registration);

  g_object_get (registration, "server", &server, "mechanism", &mechanism, NULL);
  add (builder, "state", oh_registration_state_word (oh_registration_state (registration)));
  add (builder, "code", reason != NULL ? oh_error_code_word (reason->code) : NULL);
  add (builder, "reason", reason != NULL ? reason->message : NULL);
  add (builder, "server", server);
  add (builder, "mechanism", mechanism);
  add (builder, "text", text);
  json_builder_set_member_name (builder, "remote");
  json_builder_add_boolean_value (builder, oh_registration_is_remote (registration));
  json_builder_set_member_name (builder, "asked");
  json_builder_add_int_value (builder, probe->asked);
  say (builder);
}

static void
on_signed_in (OhRegistration *registration, Probe *probe)
{
  say_event ("signed-in");
}

static void
on_renewed (OhRegistration *registration, Probe *probe)
{
  say_event ("renewed");
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  (void) oh_registration_sign_out_finish (OH_REGISTRATION (source), result, &error);
  say_event ("signed-out");
}

/* --- what it does -------------------------------------------------------------------------- */

static void
give_credentials (GTask *task, gpointer user_data)
{
  Probe *probe = user_data;

  probe->asked++;
  g_task_return_pointer (task, oh_credentials_new (probe->options.login, probe->options.password),
                         (GDestroyNotify) oh_credentials_free);
  g_object_unref (task);
}

static void
sign_in (Probe *probe)
{
  const Options *o = &probe->options;
  const OhRegistrationSettings settings = {
    .uri = o->uri,
    .server = o->server,
    .server_outside = o->external_server,
    .trusted_domains = (const char *const *) o->trusted_domains,
    .names =
      g_strcmp0 (o->server_names, "strict") == 0 ? OH_SERVER_NAMES_STRICT : OH_SERVER_NAMES_RELAXED,
    .state_dir = o->state_dir,
    .schemes.choice = g_strcmp0 (o->mechanism, "kerberos") == 0 ? OH_MECHANISM_CHOICE_KERBEROS
                      : g_strcmp0 (o->mechanism, "ntlm") == 0   ? OH_MECHANISM_CHOICE_NTLM
                                                                : OH_MECHANISM_CHOICE_AUTO,
    .schemes.allow_56_bit = o->allow_56_bit,
    .schemes.extended_protection = o->extended_protection,
    .ca_file = o->ca_file,
    .epid = o->epid != NULL ? o->epid : "9f27c46e10ab",
    .dead_peer_s = (guint) MAX (o->dead_peer_s, 0),
    .allow_unauthenticated = o->allow_unauthenticated,
  };

  oh_registration_sign_in (probe->registration, &settings);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *method = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipMessage) response =
    oh_sip_stack_send_finish (OH_SIP_STACK (source), result, &error);
  g_autoptr (JsonBuilder) builder = event ("answer");

  add (builder, "method", method);
  json_builder_set_member_name (builder, "status");
  json_builder_add_int_value (builder, response != NULL ? oh_sip_message_status (response) : 0);
  add (builder, "error", error != NULL ? error->message : NULL);
  say (builder);
}

/* After all that was said before. */
static void
say_mark (void)
{
  g_autoptr (JsonBuilder) builder = event ("control");

  add (builder, "command", "mark");
  say (builder);
}

static void
send_request (Probe *probe, const char *method)
{
  OhSipStack *stack = oh_registration_stack (probe->registration);
  g_autoptr (OhSipMessage) request = oh_sip_stack_new_request (stack, method, probe->options.uri);

  oh_sip_stack_send_async (stack, request, NULL, on_answer, g_strdup (method));
}

static void
obey (Probe *probe, const char *line)
{
  if (g_str_equal (line, "sign-in"))
    sign_in (probe);
  else if (g_str_equal (line, "sign-out"))
    oh_registration_sign_out_async (probe->registration, NULL, on_signed_out, NULL);
  else if (g_str_equal (line, "check"))
    oh_registration_check (probe->registration);
  else if (g_str_has_prefix (line, "password "))
    {
      g_free (probe->options.password);
      probe->options.password = g_strdup (line + strlen ("password "));
    }
  else if (g_str_has_prefix (line, "send "))
    send_request (probe, line + strlen ("send "));
  else if (g_str_has_prefix (line, "hurry "))
    set_factor (probe->clock, (int) g_ascii_strtoll (line + strlen ("hurry "), NULL, 10));
  else if (g_str_equal (line, "mark"))
    say_mark ();
  else if (g_str_equal (line, "quit"))
    g_main_loop_quit (probe->loop);
  else
    g_printerr ("what is “%s”?\n", line);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Probe *probe = user_data;
  g_autofree char *line =
    g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (probe->loop);
      return;
    }
  obey (probe, line);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL,
                                       on_line, probe);
}

static void
run (Probe *probe)
{
  g_autoptr (GInputStream) in = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (in);
  g_autoptr (OhRegistration) registration =
    oh_registration_new (OH_CLOCK (probe->clock), give_credentials, probe);

  probe->registration = registration;
  probe->loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (registration, "notify::state", G_CALLBACK (on_state), probe);
  g_signal_connect (registration, "signed-in", G_CALLBACK (on_signed_in), probe);
  g_signal_connect (registration, "renewed", G_CALLBACK (on_renewed), probe);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, probe);
  g_main_loop_run (probe->loop);
  g_clear_pointer (&probe->loop, g_main_loop_unref);
}

int
main (int argc, char **argv)
{
  Probe probe = { { NULL } };
  Options *o = &probe.options;
  const GOptionEntry entries[] = {
    { "uri", 0, 0, G_OPTION_ARG_STRING, &o->uri, "Own address", "URI" },
    { "server", 0, 0, G_OPTION_ARG_STRING, &o->server, "Server", "HOST[:PORT]" },
    { "external-server", 0, 0, G_OPTION_ARG_STRING, &o->external_server, "Server for those outside",
      "HOST[:PORT]" },
    { "server-names", 0, 0, G_OPTION_ARG_STRING, &o->server_names, "relaxed, strict", "WORD" },
    { "trusted-domain", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->trusted_domains,
      "Where servers may live, any number", "DOMAIN" },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &o->state_dir, "Where the last server is kept",
      "FOLDER" },
    { "login", 0, 0, G_OPTION_ARG_STRING, &o->login, "Login name", "NAME" },
    { "password", 0, 0, G_OPTION_ARG_STRING, &o->password, "Password", "TEXT" },
    { "mechanism", 0, 0, G_OPTION_ARG_STRING, &o->mechanism, "auto, kerberos, ntlm", "WORD" },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &o->ca_file, "Trusted authority", "PEM" },
    { "epid", 0, 0, G_OPTION_ARG_STRING, &o->epid, "Endpoint id", "HEX" },
    { "dead-peer", 0, 0, G_OPTION_ARG_INT, &o->dead_peer_s, "One is noticed within", "S" },
    { "allow-unauthenticated", 0, 0, G_OPTION_ARG_NONE, &o->allow_unauthenticated, "", NULL },
    { "allow-56-bit", 0, 0, G_OPTION_ARG_NONE, &o->allow_56_bit, "", NULL },
    { "extended-protection", 0, 0, G_OPTION_ARG_NONE, &o->extended_protection, "", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FastClock) clock = NULL;

  setlocale (LC_ALL, "");
  oh_log_init (TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  clock = g_object_new (TYPE_FAST_CLOCK, NULL);
  probe.clock = clock;
  run (&probe);
  options_clear (o);
  return 0;
}
