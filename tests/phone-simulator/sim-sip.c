/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-sip.h"

#include "sim-digest.h"
#include "sim-keys.h"
#include "sim-query.h"
#include "sim-report.h"

#include <string.h>

/* Header lines of one message; one with more is dropped. */
#define HEADERS_MAX 64
/* Where a fragment of the minibrowser begins. */
#define FRAGMENT "phone://mb_exit#"

struct _SimSip
{
  SimPhone *phone;
  GSocket *socket;       /* (owned) (nullable) */
  GSource *source;       /* (owned) (nullable) */
  GSocketAddress *local; /* (owned) (nullable) */
  gboolean up;
  char *nonce; /* (owned): of every challenge of this run */
};

typedef struct
{
  char *method;
  char *uri;
  GPtrArray *headers; /* (element-type SimPair), names in lower case and in full */
  const char *body;
  gsize length;
  GSocketAddress *from; /* (owned) */
  char *sender;         /* (owned): its address */
} Message;

typedef struct
{
  guint status;
  const char *reason;
  gboolean challenge;
} Verdict;

SimSip *
sim_sip_new (SimPhone *phone)
{
  SimSip *self = g_new0 (SimSip, 1);

  self->phone = phone;
  self->nonce = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
  return self;
}

void
sim_sip_free (SimSip *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->socket);
  g_clear_object (&self->local);
  g_free (self->nonce);
  g_free (self);
}

/* Reading */

static void
message_clear (Message *message)
{
  g_clear_pointer (&message->method, g_free);
  g_clear_pointer (&message->uri, g_free);
  g_clear_pointer (&message->headers, g_ptr_array_unref);
  g_clear_pointer (&message->sender, g_free);
  g_clear_object (&message->from);
}

static const char *
header (const Message *message, const char *name)
{
  const char *value = sim_query_get (message->headers, name);

  return value != NULL ? value : "";
}

/* The compact names of RFC 3261 7.3.3 and RFC 6665. */
static char *
full_name (const char *name, gsize length)
{
  static const struct
  {
    char compact;
    const char *full;
  } names[] = {
    { 'v', "via" },     { 'f', "from" },           { 't', "to" },           { 'i', "call-id" },
    { 'm', "contact" }, { 'l', "content-length" }, { 'c', "content-type" }, { 'o', "event" },
  };

  for (guint i = 0; length == 1 && i < G_N_ELEMENTS (names); i++)
    if (g_ascii_tolower (*name) == names[i].compact)
      return g_strdup (names[i].full);
  return g_ascii_strdown (name, (gssize) length);
}

static gboolean
parse (Message *message, const char *text, gsize length)
{
  const char *end = strstr (text, "\r\n\r\n");
  g_autofree char *head = end != NULL ? g_strndup (text, (gsize) (end - text)) : NULL;
  g_auto (GStrv) lines = end != NULL ? g_strsplit (head, "\r\n", -1) : NULL;
  g_auto (GStrv) words = end > text ? g_strsplit (lines[0], " ", 3) : NULL;

  if (words == NULL || g_strv_length (lines) > HEADERS_MAX + 1 || g_strv_length (words) != 3 ||
      !g_str_equal (words[2], "SIP/2.0"))
    return FALSE;
  message->method = g_strdup (words[0]);
  message->uri = g_strdup (words[1]);
  message->headers = sim_query_new ();
  message->body = end + 4;
  message->length = length - (gsize) (end + 4 - text);
  for (char **line = lines + 1; *line != NULL; line++)
    {
      const char *colon = strchr (*line, ':');
      SimPair *pair = colon != NULL ? g_new0 (SimPair, 1) : NULL;

      if (pair == NULL)
        return FALSE;
      pair->name = full_name (*line, strcspn (*line, ": \t"));
      pair->value = g_strstrip (g_strdup (colon + 1));
      g_ptr_array_add (message->headers, pair);
    }
  return TRUE;
}

/* Obeying */

static void
run_fragment (SimPhone *phone, const char *fragment)
{
  g_auto (GStrv) pair = g_strsplit (fragment, "=", 2);
  const char *value = pair[0] != NULL && pair[1] != NULL ? pair[1] : "";
  guint64 line = 0;

  if (pair[0] == NULL)
    return;
  if (g_str_equal (pair[0], "numberdial"))
    sim_phone_dial (phone, value, NULL);
  else if (g_str_equal (pair[0], "key"))
    sim_keys_press (phone->keys, value);
  else if (g_str_equal (pair[0], "reboot"))
    sim_phone_reboot (phone, FALSE);
  else if (g_str_equal (pair[0], "reregister") &&
           g_ascii_string_to_unsigned (value, 10, 1, SIM_IDENTITIES_MAX, &line, NULL))
    sim_phone_register (phone, (guint) line, TRUE);
}

static void
run_fragments (SimPhone *phone, const char *body)
{
  const char *start = strstr (body, FRAGMENT);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) plain = NULL;

  if (start == NULL)
    return;
  start += strlen (FRAGMENT);
  text = g_strndup (start, strcspn (start, "<\r\n "));
  plain = g_string_new (text);
  g_string_replace (plain, "&amp;", "&", 0);
  parts = g_strsplit (plain->str, "&", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *decoded = g_uri_unescape_string (*part, NULL);

      run_fragment (phone, decoded != NULL ? decoded : *part);
    }
}

static gboolean
is_trusted (SimPhone *phone, const Message *message)
{
  const char *list = sim_settings_get (phone->settings, "mb_trusted_hosts");
  g_auto (GStrv) hosts = g_strsplit_set (list, " ,;", -1);

  return g_strv_contains ((const char *const *) hosts, message->sender);
}

static Verdict
notify_xml (SimPhone *phone, const Message *message)
{
  guint64 length = 0;
  const char *why = NULL;

  if (!g_str_has_prefix (header (message, "content-type"), "application/snomxml"))
    return (Verdict){ 415, "Unsupported Media Type", FALSE };
  if (!g_ascii_string_to_unsigned (header (message, "content-length"), 10, 0, SIM_SIP_MAX, &length,
                                   NULL) ||
      length != message->length)
    return (Verdict){ 400, "Wrong Content-Length", FALSE };
  if (!sim_settings_on (phone->settings, "xml_notify"))
    why = "xml_notify is off";
  else if (sim_settings_on (phone->settings, "filter_registrar"))
    why = "filter_registrar is on";
  else if (!is_trusted (phone, message))
    why = "the sender is not in mb_trusted_hosts";
  if (why != NULL)
    sim_phone_note (phone, "refused", "NOTIFY", why); /* and answers as if it had obeyed */
  else
    run_fragments (phone, message->body);
  return (Verdict){ 200, "OK", FALSE };
}

static gboolean
is_authenticated (SimSip *self, const Message *message)
{
  const char *authorization = header (message, "authorization");
  SimSettings *settings = self->phone->settings;
  g_autoptr (GPtrArray) fields = NULL;

  if (g_ascii_strncasecmp (authorization, "Digest ", 7) != 0)
    return FALSE;
  fields = sim_digest_parse (authorization + 7);
  return g_str_equal (sim_digest_field (fields, "nonce"), self->nonce) &&
         g_str_equal (sim_digest_field (fields, "uri"), message->uri) &&
         g_str_equal (sim_digest_field (fields, "realm"),
                      sim_settings_get (settings, "user_host1")) &&
         g_str_equal (sim_digest_field (fields, "username"),
                      sim_settings_get (settings, "user_name1")) &&
         sim_digest_matches (fields, "NOTIFY", sim_settings_get (settings, "user_pass1"));
}

static Verdict
notify_check_sync (SimSip *self, const Message *message)
{
  if (sim_settings_on (self->phone->settings, "challenge_checksync") &&
      !is_authenticated (self, message))
    return (Verdict){ 401, "Unauthorized", TRUE };
  if (strstr (header (message, "event"), "reboot=false") != NULL)
    sim_phone_provision (self->phone, NULL);
  else
    sim_phone_reboot (self->phone, FALSE);
  return (Verdict){ 200, "OK", FALSE };
}

static Verdict
obey (SimSip *self, const Message *message)
{
  const char *event = header (message, "event");
  gsize length = strcspn (event, "; \t");

  if (g_str_equal (message->method, "OPTIONS"))
    return (Verdict){ 200, "OK", FALSE };
  if (!g_str_equal (message->method, "NOTIFY"))
    return (Verdict){ 405, "Method Not Allowed", FALSE };
  if (length == strlen ("xml") && g_str_has_prefix (event, "xml"))
    return notify_xml (self->phone, message);
  if (length == strlen ("check-sync") && g_str_has_prefix (event, "check-sync"))
    return notify_check_sync (self, message);
  return (Verdict){ 489, "Bad Event", FALSE };
}

/* Answering */

static void
report (const Message *message, const Verdict *verdict)
{
  JsonObject *line = sim_report_new ("sip");

  sim_report_set (line, "method", message->method);
  sim_report_set (line, "sip_event", header (message, "event"));
  json_object_set_int_member (line, "status", verdict->status);
  sim_report_set (line, "peer", message->sender);
  sim_report_send (line);
}

static void
append_copies (GString *out, const Message *message, const char *name, const char *written)
{
  for (guint i = 0; i < message->headers->len; i++)
    {
      SimPair *pair = g_ptr_array_index (message->headers, i);

      if (g_str_equal (pair->name, name))
        g_string_append_printf (out, "%s: %s\r\n", written, pair->value);
    }
}

static void
answer (SimSip *self, const Message *message, const Verdict *verdict)
{
  const char *to = header (message, "to");
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "SIP/2.0 %u %s\r\n", verdict->status, verdict->reason);
  append_copies (out, message, "via", "Via");
  append_copies (out, message, "from", "From");
  g_string_append_printf (out, "To: %s%s\r\n", to, strstr (to, ";tag=") == NULL ? ";tag=sim" : "");
  append_copies (out, message, "call-id", "Call-ID");
  append_copies (out, message, "cseq", "CSeq");
  if (verdict->challenge)
    g_string_append_printf (
      out, "WWW-Authenticate: Digest realm=\"%s\", nonce=\"%s\", algorithm=MD5, qop=\"auth\"\r\n",
      sim_settings_get (self->phone->settings, "user_host1"), self->nonce);
  g_string_append_printf (out, "User-Agent: %s\r\nContent-Length: 0\r\n\r\n",
                          self->phone->kind->firmware);
  g_socket_send_to (self->socket, message->from, out->str, out->len, NULL, NULL);
}

static void
take (SimSip *self, Message *message, const char *text, gsize length)
{
  GInetAddress *sender = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (message->from));
  Verdict verdict;

  message->sender = g_inet_address_to_string (sender);
  if (!parse (message, text, length) || g_str_equal (message->method, "ACK"))
    return;
  verdict = obey (self, message);
  report (message, &verdict);
  answer (self, message, &verdict);
}

static gboolean
on_datagram (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  SimSip *self = user_data;
  char buffer[SIM_SIP_MAX + 1];
  Message message = { 0 };
  gssize length = g_socket_receive_from (socket, &message.from, buffer, SIM_SIP_MAX, NULL, NULL);

  if (length > 0 && self->up)
    {
      buffer[length] = '\0';
      take (self, &message, buffer, (gsize) length);
    }
  message_clear (&message);
  return G_SOURCE_CONTINUE;
}

gboolean
sim_sip_bind (SimSip *self, const char *address, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);

  self->socket = g_socket_new (g_socket_address_get_family (wanted), G_SOCKET_TYPE_DATAGRAM,
                               G_SOCKET_PROTOCOL_UDP, error);
  if (self->socket == NULL || !g_socket_bind (self->socket, wanted, FALSE, error))
    return FALSE;
  g_socket_set_blocking (self->socket, FALSE);
  self->local = g_socket_get_local_address (self->socket, error);
  if (self->local == NULL)
    return FALSE;
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_datagram), self, NULL);
  g_source_attach (self->source, NULL);
  return TRUE;
}

guint16
sim_sip_port (SimSip *self)
{
  return self->local != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (self->local))
                             : 0;
}

void
sim_sip_set_up (SimSip *self, gboolean up)
{
  self->up = up;
}
