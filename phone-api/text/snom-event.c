/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-event.h"
#include "snom-place.h"

#include <string.h>

/* Our own letters in the query, see oh_snom_action_value(). */
#define KEYS "cnrlxd"
#define FREE_TEXT_KEY 'd'

/* The most that any model has. */
#define ACCOUNTS_MAX 12

static OhSlice
rest_from (OhSlice whole, gsize at)
{
  return oh_slice (whole.data + at, whole.len - at);
}

/* Where the last " HTTP/" begins, or -1. */
static gssize
version_start (OhSlice line)
{
  static const char mark[] = " HTTP/1.";
  const gsize len = sizeof (mark) - 1;

  for (gsize at = line.len >= len ? line.len - len + 1 : 0; at-- > 0;)
    if (memcmp (line.data + at, mark, len) == 0)
      return (gssize) at;
  return -1;
}

/* "/offhook-MARK/s/"; the mark is for others to see, and need not be ours. */
static gboolean
eat_prefix (OhSlice *target)
{
  if (oh_slice_has_prefix_case (*target, OH_SNOM_MARK_PREFIX))
    {
      *target = rest_from (*target, strlen (OH_SNOM_MARK_PREFIX));
      oh_slice_eat_until (target, "/?");
    }
  if (!oh_slice_has_prefix_case (*target, OH_SNOM_TOKEN_PREFIX))
    return FALSE;
  *target = rest_from (*target, strlen (OH_SNOM_TOKEN_PREFIX));
  return TRUE;
}

/* "GET TARGET HTTP/1.x", or HEAD. */
static gboolean
split_line (OhSlice line, OhSlice *target, gboolean *head)
{
  gssize end = line.len <= OH_SNOM_REQUEST_MAX ? version_start (line) : -1;
  OhSlice method;

  if (end < 0)
    return FALSE;
  *target = oh_slice (line.data, (gsize) end);
  method = oh_slice_eat_until (target, " ");
  oh_slice_eat_space (target);
  *head = oh_slice_equal (method, "HEAD");
  return *head || oh_slice_equal (method, "GET");
}

gboolean
oh_snom_request_parse (OhSlice line, OhSnomRequest *out)
{
  OhSlice target;

  if (!split_line (line, &target, &out->head) || !eat_prefix (&target))
    return FALSE;
  out->token = oh_slice_eat_until (&target, "/?");
  if (!oh_slice_eat (&target, '/'))
    return FALSE;
  out->event = oh_slice_eat_until (&target, "?");
  oh_slice_eat (&target, '?');
  out->query = target;
  return TRUE;
}

static void
append_octet (GString *out, guchar octet)
{
  if (octet >= 0x20 && octet != 0x7f)
    g_string_append_c (out, (char) octet);
}

static GString *
decode (OhSlice text)
{
  GString *out = g_string_sized_new (text.len);

  for (gsize i = 0; i < text.len; i++)
    if (text.data[i] == '%' && i + 2 < text.len && g_ascii_isxdigit (text.data[i + 1]) &&
        g_ascii_isxdigit (text.data[i + 2]))
      {
        append_octet (out, (guchar) (g_ascii_xdigit_value (text.data[i + 1]) * 16 +
                                     g_ascii_xdigit_value (text.data[i + 2])));
        i += 2;
      }
    else
      append_octet (out, (guchar) text.data[i]);
  return out;
}

static GString *
from_latin1 (const GString *text)
{
  GString *out = g_string_sized_new (text->len);

  for (gsize i = 0; i < text->len; i++)
    {
      guchar octet = (guchar) text->str[i];

      if (octet < 0x80 || octet >= 0xa0) /* 0x80 to 0x9f are control characters there */
        g_string_append_unichar (out, octet);
    }
  return out;
}

/* UTF-8 can smuggle in the control characters of 0x80 to 0x9f, and overrides of the direction of
   writing that turn a shown number around. */
static gboolean
is_trouble (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static char *
bounded_copy (const GString *text)
{
  g_autoptr (GString) out = g_string_sized_new (MIN (text->len, OH_PHONE_EVENT_VALUE_MAX) + 1);

  for (const char *p = text->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize len = (gsize) (g_utf8_next_char (p) - p);

      if (out->len + len > OH_PHONE_EVENT_VALUE_MAX)
        break;
      if (!is_trouble (g_utf8_get_char (p)))
        g_string_append_len (out, p, (gssize) len);
    }
  g_strstrip (out->str);
  return g_strdup (out->str);
}

/* Nothing, or a variable that the firmware does not know and has left as it stands. */
static gboolean
says_nothing (OhSlice text)
{
  return text.len == 0 || text.data[0] == '$';
}

static char *
clean_value (OhSlice raw)
{
  g_autoptr (GString) plain = NULL;
  g_autoptr (GString) latin1 = NULL;
  g_autofree char *value = NULL;

  raw = oh_slice_trim (raw);
  if (says_nothing (raw))
    return NULL;
  plain = decode (raw);
  if (!g_utf8_validate (plain->str, (gssize) plain->len, NULL))
    latin1 = from_latin1 (plain);
  value = bounded_copy (latin1 != NULL ? latin1 : plain);
  return says_nothing (oh_slice_str (value)) ? NULL : g_steal_pointer (&value);
}

/* "<sip:12@pbx>" becomes "12@pbx": some firmware adds what others leave out. */
static char *
clean_party (OhSlice raw)
{
  static const char *const schemes[] = { "sips:", "sip:", "tel:" };
  g_autofree char *value = clean_value (raw);
  OhSlice party = oh_slice_str (value);

  if (value == NULL)
    return NULL;
  oh_slice_eat (&party, '<');
  if (party.len > 0 && party.data[party.len - 1] == '>')
    party.len--;
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (oh_slice_has_prefix_case (party, schemes[i]))
      {
        party = rest_from (party, strlen (schemes[i]));
        break;
      }
  party = oh_slice_trim (party);
  return says_nothing (party) ? NULL : oh_slice_dup (party);
}

char *
oh_snom_call_me_parse (OhSlice line)
{
  g_autofree char *party = NULL;
  gboolean head;
  OhSlice target, user;

  if (!split_line (line, &target, &head) || head ||
      !oh_slice_has_prefix_case (target, OH_SNOM_CALL_ME_PATH "?r="))
    return NULL;
  party = clean_party (rest_from (target, strlen (OH_SNOM_CALL_ME_PATH "?r=")));
  if (party == NULL)
    return NULL;
  user = oh_slice_str (party);
  user = oh_slice_eat_until (&user, "@;&");
  return user.len > 0 ? oh_slice_dup (user) : NULL;
}

static gboolean
starts_key (OhSlice text)
{
  return text.len >= 2 && text.data[1] == '=' && text.data[0] != '\0' &&
         strchr (KEYS, text.data[0]) != NULL;
}

/* A value ends where "&" and one of our own letters follow, not at any "&": nobody promises that
   the phone encodes what it fills in. Free text is last and goes to the end. */
static OhSlice
eat_value (OhSlice *cursor, char key)
{
  gsize end = 0;
  OhSlice value;

  while (end < cursor->len)
    {
      if (key != FREE_TEXT_KEY && cursor->data[end] == '&' &&
          starts_key (rest_from (*cursor, end + 1)))
        break;
      end++;
    }
  value = oh_slice (cursor->data, end);
  *cursor = rest_from (*cursor, end);
  oh_slice_eat (cursor, '&');
  return value;
}

static void
keep (char **field, char *value)
{
  if (*field != NULL)
    g_free (value); /* the first one counts */
  else
    *field = value;
}

static void
read_query (OhPhoneEvent *event, OhSlice query)
{
  while (starts_key (query))
    {
      char key = query.data[0];
      OhSlice value;

      query = rest_from (query, 2);
      value = eat_value (&query, key);
      switch (key)
        {
        case 'c': keep (&event->call, clean_value (value)); break;
        case 'n': keep (&event->line, clean_value (value)); break;
        case 'r': keep (&event->remote, clean_party (value)); break;
        case 'l': keep (&event->local, clean_party (value)); break;
        case 'x': keep (&event->cause, clean_value (value)); break;
        default: keep (&event->display, clean_value (value)); break;
        }
    }
}

OhPhoneEvent *
oh_snom_event_parse (const OhSnomRequest *request)
{
  for (guint kind = 0; kind < OH_N_PHONE_EVENTS; kind++)
    if (oh_slice_equal (request->event, oh_phone_event_kind_word ((OhPhoneEventKind) kind)))
      {
        OhPhoneEvent *event = oh_phone_event_new ((OhPhoneEventKind) kind);

        read_query (event, request->query);
        return event;
      }
  return NULL;
}

static gboolean
is_account (const char *party, GHashTable *settings)
{
  gsize len = party != NULL ? strcspn (party, "@") : 0;

  for (guint i = 1; i <= ACCOUNTS_MAX && len > 0; i++)
    {
      g_autofree char *setting = g_strdup_printf ("user_name%u", i);
      const char *user = g_hash_table_lookup (settings, setting);

      if (user != NULL && strlen (user) == len && strncmp (user, party, len) == 0)
        return TRUE;
    }
  return FALSE;
}

void
oh_snom_event_turn (OhPhoneEvent *event, GHashTable *settings)
{
  char *remote = event->remote;

  if (settings == NULL || !is_account (remote, settings) || is_account (event->local, settings))
    return;
  event->remote = event->local;
  event->local = remote;
}
