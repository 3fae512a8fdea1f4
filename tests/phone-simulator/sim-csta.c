/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-csta.h"

#include "sim-csta-services.h"
#include "sim-csta-wire.h"
#include "sim-digest.h"
#include "sim-query.h"
#include "sim-report.h"

#include <string.h>

/* A document that no reader should take: "huge". */
#define HUGE_OCTETS 200000
/* How long an event waits for the one that overtakes it. */
#define KEPT_MS 300
#define CONTENT_TYPE "application/csta+xml"

struct _SimCsta
{
  SimPhone *phone;
  SimCstaWire *wire; /* (owned) */
  GList *dialogs;    /* (element-type Dialog) */
  char *nonce;       /* (owned): of the latest challenge */
  char *kept_event;  /* (owned) (nullable): "shuffled": told after the next one, or a while later */
  guint alarm;       /* of that while */
};

typedef struct
{
  SimCstaLine *line;
  char *call_id;
  char *local;  /* our From in requests: their To, with our tag */
  char *remote; /* their From */
  char *target; /* their Contact */
  guint cseq;
  guint monitor;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  g_free (dialog->call_id);
  g_free (dialog->local);
  g_free (dialog->remote);
  g_free (dialog->target);
  g_free (dialog);
}

static Dialog *
find_dialog (SimCsta *self, const SimCstaMessage *message)
{
  for (GList *l = self->dialogs; l != NULL; l = l->next)
    if (g_str_equal (((Dialog *) l->data)->call_id, sim_csta_header (message, "call-id")))
      return l->data;
  return NULL;
}

static gboolean
has_fault (SimCsta *self, const char *fault)
{
  return sim_knobs_is (self->phone->knobs, SIM_KNOB_CSTA_FAULT, fault);
}

/* --- answers --- */

static void
append_copies (GString *out, const SimCstaMessage *message, const char *name, const char *written)
{
  for (guint i = 0; i < message->headers->len; i++)
    {
      SimPair *pair = g_ptr_array_index (message->headers, i);

      if (g_str_equal (pair->name, name))
        g_string_append_printf (out, "%s: %s\r\n", written, pair->value);
    }
}

static void
append_body (SimCsta *self, GString *out, const char *body)
{
  gsize length = body != NULL ? strlen (body) : 0;

  g_string_append_printf (out, "User-Agent: %s/%s %s\r\n", self->phone->kind->model,
                          strrchr (self->phone->kind->firmware, ' ') + 1,
                          sim_settings_get (self->phone->settings, "mac"));
  if (length > 0)
    g_string_append (out, "Content-Type: " CONTENT_TYPE "\r\n");
  g_string_append_printf (out, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", length,
                          body != NULL ? body : "");
}

/* @more: (nullable): header lines; @body: (nullable) */
static void
answer (SimCsta *self, SimCstaLine *line, const SimCstaMessage *message, const char *status,
        const char *more, const char *body)
{
  const char *to = sim_csta_header (message, "to");
  g_autofree char *own = sim_csta_device (self->phone, 1);
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "SIP/2.0 %s\r\n", status);
  append_copies (out, message, "via", "Via");
  append_copies (out, message, "from", "From");
  g_string_append_printf (out, "To: %s%s\r\n", to, strstr (to, ";tag=") == NULL ? ";tag=sim" : "");
  append_copies (out, message, "call-id", "Call-ID");
  append_copies (out, message, "cseq", "CSeq");
  g_string_append_printf (out, "Contact: <%s>\r\n%s", own, more != NULL ? more : "");
  append_body (self, out, body);
  sim_csta_line_send (line, out->str, out->len);
}

static void
report (const SimCstaMessage *message, const char *status, const char *what)
{
  JsonObject *line = sim_report_new ("csta");

  sim_report_set (line, "method", message->method);
  sim_report_set (line, "status", status);
  sim_report_set (line, "service", what);
  sim_report_send (line);
}

/* --- login --- */

static gboolean
is_authenticated (SimCsta *self, const SimCstaMessage *message)
{
  const char *authorization = sim_csta_header (message, "authorization");
  SimSettings *settings = self->phone->settings;
  g_autoptr (GPtrArray) fields = NULL;

  if (self->nonce == NULL || g_ascii_strncasecmp (authorization, "Digest ", 7) != 0)
    return FALSE;
  fields = sim_digest_parse (authorization + 7);
  return g_str_equal (sim_digest_field (fields, "nonce"), self->nonce) &&
         g_str_equal (sim_digest_field (fields, "uri"), message->uri) &&
         g_str_equal (sim_digest_field (fields, "username"),
                      sim_settings_get (settings, "user_name1")) &&
         sim_digest_matches (fields, message->method, sim_settings_get (settings, "user_pass1"));
}

/* TRUE when the request may go on. */
static gboolean
check_login (SimCsta *self, SimCstaLine *line, const SimCstaMessage *message)
{
  const char *mode = sim_settings_get (self->phone->settings, "csta_challenge");
  gboolean first = g_str_equal (message->method, "INVITE");
  gboolean asked = g_str_equal (mode, "2") || (g_str_equal (mode, "1") && first);
  g_autofree char *more = NULL;

  if (!asked || g_str_equal (message->method, "BYE"))
    return TRUE;
  if (is_authenticated (self, message))
    {
      if (sim_knobs_is (self->phone->knobs, SIM_KNOB_NONCE_ONCE, "yes"))
        g_clear_pointer (&self->nonce, g_free);
      return TRUE;
    }
  g_free (self->nonce);
  self->nonce = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
  more = g_strdup_printf (
    "WWW-Authenticate: Digest realm=\"%s\", nonce=\"%s\", algorithm=MD5, qop=\"auth\"\r\n",
    sim_settings_get (self->phone->settings, "user_host1"), self->nonce);
  answer (self, line, message, "401 Unauthorized", more, NULL);
  report (message, "401", NULL);
  return FALSE;
}

/* --- requests of the phone --- */

static void
send_request (SimCsta *self, Dialog *dialog, const char *method, const char *body)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out,
                          "%s %s SIP/2.0\r\nVia: SIP/2.0/TCP %s;branch=z9hG4bK%08x\r\n"
                          "Max-Forwards: 70\r\nFrom: %s\r\nTo: %s\r\nCall-ID: %s\r\n"
                          "CSeq: %u %s\r\n",
                          method, dialog->target, self->phone->address, g_random_int (),
                          dialog->local, dialog->remote, dialog->call_id, ++dialog->cseq, method);
  append_body (self, out, body);
  sim_csta_line_send (dialog->line, out->str, out->len);
}

static void
tell_all (SimCsta *self, const char *text)
{
  for (GList *l = self->dialogs; l != NULL && !has_fault (self, "mute"); l = l->next)
    {
      Dialog *dialog = l->data;

      if (dialog->monitor != 0)
        send_request (self, dialog, "INFO", text);
    }
}

static void
on_kept_long_enough (gpointer user_data)
{
  SimCsta *self = user_data;
  g_autofree char *text = g_steal_pointer (&self->kept_event);

  self->alarm = 0;
  if (text != NULL)
    tell_all (self, text);
}

static void
on_moved (SimCall *call, SimMove move, gpointer user_data)
{
  SimCsta *self = user_data;
  g_autofree char *text = sim_csta_event_text (self->phone, call, move, 43);
  g_autofree char *before = g_steal_pointer (&self->kept_event);

  if (text == NULL)
    return;
  if (has_fault (self, "shuffled") && before == NULL)
    {
      self->kept_event = g_steal_pointer (&text);
      sim_clock_remove (self->phone->clock, &self->alarm);
      self->alarm = sim_clock_add (self->phone->clock, KEPT_MS, on_kept_long_enough, self);
      return;
    }
  tell_all (self, text);
  if (before != NULL)
    tell_all (self, before);
}

void
sim_csta_tell_setting (SimCsta *self, const char *name)
{
  SimPhone *phone = self->phone;
  g_autofree char *device = sim_csta_device (phone, 1);
  gboolean dnd = g_str_equal (name, "dnd_mode");
  const char *root = dnd ? "DoNotDisturbEvent" : "ForwardingEvent";
  gboolean on = dnd ? sim_settings_on (phone->settings, "dnd_mode")
                    : !g_str_equal (sim_settings_get (phone->settings, "redirect_event"), "none");
  g_autoptr (GString) xml = sim_csta_open_document (phone, root);

  g_string_append_printf (xml, "<device>%s</device><%s>%s</%s></%s>", device,
                          dnd ? "doNotDisturbOn" : "forwardStatus", on ? "true" : "false",
                          dnd ? "doNotDisturbOn" : "forwardStatus", root);
  tell_all (self, xml->str);
}

gboolean
sim_csta_bye (SimCsta *self)
{
  gboolean any = self->dialogs != NULL;

  for (GList *l = self->dialogs; l != NULL; l = l->next)
    send_request (self, l->data, "BYE", NULL);
  g_list_free_full (g_steal_pointer (&self->dialogs), dialog_free);
  return any;
}

/* --- requests that come in --- */

static char *
contact_uri (const char *contact)
{
  const char *open = strchr (contact, '<');

  return open != NULL ? g_strndup (open + 1, strcspn (open + 1, ">")) : g_strdup (contact);
}

static void
begin_dialog (SimCsta *self, SimCstaLine *line, const SimCstaMessage *message)
{
  Dialog *dialog = g_new0 (Dialog, 1);

  dialog->line = line;
  dialog->call_id = g_strdup (sim_csta_header (message, "call-id"));
  dialog->local = g_strconcat (sim_csta_header (message, "to"), ";tag=sim", NULL);
  dialog->remote = g_strdup (sim_csta_header (message, "from"));
  dialog->target = contact_uri (sim_csta_header (message, "contact"));
  self->dialogs = g_list_prepend (self->dialogs, dialog);
}

/* What the faults make of an answer. */
static char *
spoil (SimCsta *self, char *text)
{
  g_autofree char *good = text;

  if (has_fault (self, "garbage"))
    return g_strdup ("<<<not & xml");
  if (has_fault (self, "huge"))
    return g_strnfill (HUGE_OCTETS, 'x');
  return g_steal_pointer (&good);
}

static void
take_invite (SimCsta *self, SimCstaLine *line, const SimCstaMessage *message)
{
  const char *expires = sim_csta_header (message, "session-expires");
  g_autoptr (SimCstaXml) request = sim_csta_xml_read (message->body, message->length);
  guint none = 0;
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;

  if (!g_str_has_prefix (sim_csta_header (message, "content-type"), CONTENT_TYPE) ||
      request == NULL || request->edition == 0)
    {
      answer (self, line, message, "415 Unsupported Media Type", NULL, NULL);
      return;
    }
  if (find_dialog (self, message) == NULL)
    begin_dialog (self, line, message);
  if (*expires != '\0')
    more = g_strdup_printf ("Require: timer\r\nSession-Expires: %.*s;refresher=uac\r\n",
                            (int) strcspn (expires, ";"), expires);
  text = spoil (self, sim_csta_serve (self->phone, request, &none));
  report (message, "200", request->name);
  answer (self, line, message, "200 OK", more, text);
}

static void
take_info (SimCsta *self, SimCstaLine *line, const SimCstaMessage *message)
{
  Dialog *dialog = find_dialog (self, message);
  g_autoptr (SimCstaXml) request = sim_csta_xml_read (message->body, message->length);
  g_autofree char *text = NULL;

  if (dialog == NULL || has_fault (self, "forget"))
    {
      answer (self, line, message, "481 Call/Transaction Does Not Exist", NULL, NULL);
      report (message, "481", NULL);
      return;
    }
  if (request == NULL || request->edition == 0)
    {
      answer (self, line, message, "400 Bad Request", NULL, NULL);
      return;
    }
  report (message, "200", request->name);
  text = spoil (self, sim_csta_serve (self->phone, request, &dialog->monitor));
  if (has_fault (self, "mute"))
    return; /* obeyed, and says nothing */
  if (!has_fault (self, "info"))
    {
      answer (self, line, message, "200 OK", NULL, text);
      return;
    }
  answer (self, line, message, "200 OK", NULL, NULL);
  send_request (self, dialog, "INFO", text);
}

static void
take_bye (SimCsta *self, SimCstaLine *line, const SimCstaMessage *message)
{
  Dialog *dialog = find_dialog (self, message);

  report (message, dialog != NULL ? "200" : "481", NULL);
  answer (self, line, message, dialog != NULL ? "200 OK" : "481 Call/Transaction Does Not Exist",
          NULL, NULL);
  if (dialog == NULL)
    return;
  self->dialogs = g_list_remove (self->dialogs, dialog);
  dialog_free (dialog);
}

static void
on_message (SimCstaLine *line, SimCstaMessage *message, gpointer user_data)
{
  SimCsta *self = user_data;

  if (*message->method == '\0' || g_str_equal (message->method, "ACK") ||
      has_fault (self, "silent"))
    return;
  if (!sim_settings_on (self->phone->settings, "csta_control"))
    {
      answer (self, line, message, "405 Method Not Allowed", NULL, NULL);
      report (message, "405", NULL);
    }
  else if (!check_login (self, line, message))
    return;
  else if (g_str_equal (message->method, "INVITE"))
    take_invite (self, line, message);
  else if (g_str_equal (message->method, "INFO"))
    take_info (self, line, message);
  else if (g_str_equal (message->method, "BYE"))
    take_bye (self, line, message);
  else
    answer (self, line, message, "405 Method Not Allowed", NULL, NULL);
}

static void
on_closed (SimCstaLine *line, gpointer user_data)
{
  SimCsta *self = user_data;

  for (GList *l = self->dialogs; l != NULL;)
    {
      Dialog *dialog = l->data;

      l = l->next;
      if (dialog->line != line)
        continue;
      self->dialogs = g_list_remove (self->dialogs, dialog);
      dialog_free (dialog);
    }
}

static GTlsCertificate *
on_certificate (gpointer user_data)
{
  return ((SimCsta *) user_data)->phone->certificate->tls;
}

static const SimCstaWireFuncs wire_funcs = { on_message, on_closed, on_certificate };

/* --- the rest --- */

SimCsta *
sim_csta_new (SimPhone *phone)
{
  SimCsta *self = g_new0 (SimCsta, 1);

  self->phone = phone;
  self->wire = sim_csta_wire_new (&wire_funcs, self);
  sim_calls_watch (phone->calls, on_moved, self);
  return self;
}

void
sim_csta_free (SimCsta *self)
{
  sim_calls_watch (self->phone->calls, NULL, NULL);
  sim_clock_remove (self->phone->clock, &self->alarm);
  sim_csta_wire_free (self->wire);
  g_list_free_full (self->dialogs, dialog_free);
  g_free (self->nonce);
  g_free (self->kept_event);
  g_free (self);
}

gboolean
sim_csta_listen (SimCsta *self, const char *address, guint16 port, gboolean tls, GError **error)
{
  return sim_csta_wire_listen (self->wire, address, port, tls, error);
}

guint16
sim_csta_port (SimCsta *self, gboolean tls)
{
  return sim_csta_wire_port (self->wire, tls);
}

void
sim_csta_set_up (SimCsta *self, gboolean up)
{
  sim_csta_wire_set_up (self->wire, up);
}
