/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-page.h"

#include <string.h>

/* The page that tells of a lock-out is a sentence; a long page with that word is something else. */
#define BLOCKED_PAGE_MAX 8192
/* Names of settings and models are identifiers with at most an index. */
#define WORD_MAX 64
/* An action URL of ours is about 200 octets; certificates in the list are longer and of no use. */
#define VALUE_MAX 4096
#define MAC_DIGITS 12
#define ALNUM "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

static OhSlice
from (OhSlice whole, gsize at)
{
  return oh_slice (whole.data + at, whole.len - at);
}

/* Index of @what in any case, or -1. */
static gssize
find_case (OhSlice text, const char *what)
{
  gsize len = strlen (what);

  for (gsize at = 0; at + len <= text.len; at++)
    if (g_ascii_tolower (text.data[at]) == g_ascii_tolower (*what) &&
        g_ascii_strncasecmp (text.data + at, what, len) == 0)
      return (gssize) at;
  return -1;
}

static void
append_entity (GString *out, OhSlice name)
{
  static const struct
  {
    const char *name;
    const char *text;
  } known[] = { { "amp", "&" }, { "lt", "<" }, { "gt", ">" }, { "quot", "\"" }, { "nbsp", " " } };
  guint64 code;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (oh_slice_equal (name, known[i].name))
      {
        g_string_append (out, known[i].text);
        return;
      }
  if (name.len > 1 && name.data[0] == '#' && oh_slice_to_uint (from (name, 1), 0x10ffff, &code) &&
      g_unichar_validate ((gunichar) code) && code >= 0x20)
    g_string_append_unichar (out, (gunichar) code);
}

/* "&name;" at the front; FALSE when it is only an ampersand. */
static gboolean
eat_entity (OhSlice *cursor, GString *out)
{
  OhSlice ahead = *cursor;
  OhSlice name;

  if (!oh_slice_eat (&ahead, '&'))
    return FALSE;
  name = oh_slice_eat_until (&ahead, "; \t\r\n<&");
  if (name.len == 0 || name.len > 8 || !oh_slice_eat (&ahead, ';'))
    return FALSE;
  append_entity (out, name);
  *cursor = ahead;
  return TRUE;
}

/* The text between the tags, each tag a blank, blanks together, at most @max octets. */
static char *
text_of (OhSlice html, gsize max)
{
  g_autoptr (GString) out = g_string_new (NULL);

  while (html.len > 0 && out->len < max)
    {
      if (oh_slice_eat (&html, '<'))
        {
          oh_slice_eat_until (&html, ">");
          oh_slice_eat (&html, '>');
          g_string_append_c (out, ' ');
        }
      else if (!eat_entity (&html, out))
        {
          g_string_append_c (out, html.data[0] != '\0' ? html.data[0] : ' ');
          html = from (html, 1);
        }
    }
  g_strdelimit (out->str, "\t\r\n", ' ');
  return g_strdup (g_strstrip (out->str));
}

/* What stands between <tag ...> and </tag>; empty when it is not there. */
static OhSlice
element (OhSlice html, const char *open, const char *close)
{
  gssize at = find_case (html, open);
  gssize end;

  if (at < 0)
    return oh_slice (NULL, 0);
  html = from (html, (gsize) at);
  oh_slice_eat_until (&html, ">");
  oh_slice_eat (&html, '>');
  end = find_case (html, close);
  return end < 0 ? html : oh_slice (html.data, (gsize) end);
}

/* The word after "label:", whatever blanks and tags stood between. */
static char *
word_after (const char *text, const char *label)
{
  OhSlice rest = oh_slice_str (text);
  gssize at = find_case (rest, label);

  if (at < 0)
    return NULL;
  rest = from (rest, (gsize) at + strlen (label));
  oh_slice_eat_space (&rest);
  oh_slice_eat (&rest, ':');
  oh_slice_eat_space (&rest);
  rest = oh_slice_eat_until (&rest, " ,;");
  return rest.len > 0 && rest.len <= WORD_MAX ? oh_slice_dup (rest) : NULL;
}

static char *
read_mac (const char *text)
{
  g_autofree char *word = word_after (text, "mac:");
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = word; p != NULL && *p != '\0'; p++)
    if (g_ascii_isxdigit (*p))
      g_string_append_c (digits, g_ascii_toupper (*p));
    else if (*p != ':' && *p != '-')
      return NULL;
  return digits->len == MAC_DIGITS ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static gboolean
is_version (const char *word)
{
  return word != NULL && g_ascii_isdigit (*word) && strchr (word, '.') != NULL;
}

/* "Firmware-Version: snom360-SIP 8.7.5.17" and its kin: model and version in one. */
static void
read_firmware (OhSnomPage *page, const char *text)
{
  static const char *const labels[] = { "firmware-version", "firmware version", "firmware" };
  g_autofree char *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (labels) && first == NULL; i++)
    first = word_after (text, labels[i]);
  if (first == NULL)
    return;
  if (is_version (first))
    page->firmware = g_steal_pointer (&first);
  else if (g_str_has_suffix (first, "-SIP"))
    {
      page->firmware = word_after (text, first);
      first[strlen (first) - strlen ("-SIP")] = '\0';
      page->model = g_steal_pointer (&first);
    }
  if (!is_version (page->firmware))
    g_clear_pointer (&page->firmware, g_free);
}

static void
read_model (OhSnomPage *page, const char *text)
{
  g_autofree char *hardware = NULL;

  if (page->model != NULL)
    return;
  hardware = word_after (text, "hardware:");
  if (hardware == NULL || !g_ascii_isalnum (*hardware))
    return;
  page->model = g_ascii_strncasecmp (hardware, "snom", 4) == 0
                  ? g_steal_pointer (&hardware)
                  : g_strconcat ("snom", hardware, NULL);
}

/* Names come from a device that anybody may stand in for: identifiers, nothing else. */
static void
drop_odd (char **field)
{
  if (*field != NULL && strspn (*field, ALNUM "._-/") != strlen (*field))
    g_clear_pointer (field, g_free);
}

static OhSnomLook
judge (OhSlice body, const char *title, const char *text, const char *server, gboolean described)
{
  gboolean is_snom = g_ascii_strncasecmp (title, "snom", 4) == 0;

  if (g_ascii_strcasecmp (title, "phone manager") == 0)
    return OH_SNOM_LOOK_MANAGER;
  if (body.len <= BLOCKED_PAGE_MAX && find_case (oh_slice_str (text), "blocked") >= 0)
    return OH_SNOM_LOOK_BLOCKED;
  if (is_snom && find_case (oh_slice_str (title), "error") >= 0)
    return OH_SNOM_LOOK_ERROR;
  if (is_snom || described ||
      (server != NULL && find_case (oh_slice_str (server), "snom embedded") >= 0))
    return OH_SNOM_LOOK_CLASSIC;
  return OH_SNOM_LOOK_OTHER;
}

OhSnomPage *
oh_snom_page_parse (OhSlice body, const char *server)
{
  g_autoptr (OhSnomPage) page = g_new0 (OhSnomPage, 1);
  g_autofree char *title = text_of (element (body, "<title", "</title"), WORD_MAX);
  g_autofree char *text = text_of (body, OH_SNOM_PAGE_MAX);

  page->mac = read_mac (text);
  read_firmware (page, text);
  read_model (page, text);
  drop_odd (&page->model);
  drop_odd (&page->firmware);
  page->look = judge (body, title, text, server, page->mac != NULL && page->model != NULL);
  return g_steal_pointer (&page);
}

void
oh_snom_page_free (OhSnomPage *page)
{
  if (page == NULL)
    return;
  g_free (page->model);
  g_free (page->firmware);
  g_free (page->mac);
  g_free (page);
}

OhSnomAnswer
oh_snom_answer_judge (guint status, OhSnomLook look, gboolean acts)
{
  if (status == 401)
    return OH_SNOM_ANSWER_LOGIN;
  if (look == OH_SNOM_LOOK_MANAGER)
    return OH_SNOM_ANSWER_FOREIGN;
  if (look == OH_SNOM_LOOK_BLOCKED && (status == 200 || status == 403))
    return OH_SNOM_ANSWER_LOCKED_OUT;
  switch (status)
    {
    case 200:
    case 202:
    case 204: return OH_SNOM_ANSWER_ACCEPTED;
    case 301:
    case 302:
    case 303: return acts ? OH_SNOM_ANSWER_ACCEPTED : OH_SNOM_ANSWER_MOVED;
    case 307:
    case 308: return OH_SNOM_ANSWER_MOVED;
    case 403: return acts ? OH_SNOM_ANSWER_REFUSED : OH_SNOM_ANSWER_LOCKED_OUT;
    case 404:
    case 405: return OH_SNOM_ANSWER_FOREIGN;
    default: return OH_SNOM_ANSWER_BROKEN;
    }
}

static gboolean
is_setting_name (const char *name)
{
  gsize len = strlen (name);

  return len > 0 && len <= WORD_MAX && (g_ascii_isalpha (*name) || *name == '_') &&
         strspn (name, ALNUM "_[]-") == len;
}

static void
keep_setting (GHashTable *settings, const char *name, const char *value)
{
  if (g_hash_table_size (settings) < OH_SNOM_SETTINGS_MAX && is_setting_name (name) &&
      g_utf8_validate (value, -1, NULL))
    g_hash_table_insert (settings, g_strdup (name), g_strdup (value));
}

/* The next <td>...; FALSE at the end of the row. */
static gboolean
eat_cell (OhSlice *row, OhSlice *out)
{
  gssize at = find_case (*row, "<td");
  gssize end;

  if (at < 0)
    return FALSE;
  *row = from (*row, (gsize) at);
  oh_slice_eat_until (row, ">");
  oh_slice_eat (row, '>');
  end = find_case (*row, "<td"); /* old pages leave out </td> */
  *out = end < 0 ? *row : oh_slice (row->data, (gsize) end);
  *row = from (*row, out->len);
  return TRUE;
}

static void
read_row (GHashTable *settings, OhSlice row)
{
  OhSlice cell, last = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  guint n = 0;

  while (n < 3 && eat_cell (&row, &cell))
    {
      if (n == 0)
        name = text_of (cell, WORD_MAX + 1);
      last = cell;
      n++;
    }
  if (n < 2)
    return;
  value = text_of (last, VALUE_MAX);
  if (n == 3 || strlen (value) != 1) /* "name, flag" alone: an empty value */
    keep_setting (settings, name, value);
}

/* "name!: value", the flag may be missing. */
static void
read_line (GHashTable *settings, OhSlice line)
{
  OhSlice name = oh_slice_eat_until (&line, ": \t");
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;

  if (!oh_slice_eat (&line, ':') || name.len == 0 || line.len > VALUE_MAX)
    return;
  if (strchr ("!$&", name.data[name.len - 1]) != NULL)
    name.len--;
  key = oh_slice_dup (name);
  value = oh_slice_dup (oh_slice_trim (line));
  keep_setting (settings, key, value);
}

static void
read_table (GHashTable *settings, OhSlice body)
{
  gssize at;

  while ((at = find_case (body, "<tr")) >= 0)
    {
      gssize end;

      body = from (body, (gsize) at + 3);
      end = find_case (body, "<tr");
      read_row (settings, end < 0 ? body : oh_slice (body.data, (gsize) end));
      if (end > 0)
        body = from (body, (gsize) end);
    }
}

GHashTable *
oh_snom_settings_parse (OhSlice body)
{
  g_autoptr (GHashTable) settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (body.len > OH_SNOM_PAGE_MAX)
    return g_steal_pointer (&settings);
  if (find_case (body, "<tr") >= 0)
    read_table (settings, body);
  else if (find_case (body, "<html") < 0)
    while (body.len > 0)
      {
        read_line (settings, oh_slice_trim (oh_slice_eat_until (&body, "\n")));
        oh_slice_eat (&body, '\n');
      }
  return g_steal_pointer (&settings);
}
