/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "yealink-page.h"

#include <string.h>

/* Names of models and versions. */
#define WORD_MAX 64
/* "user@host". */
#define ACCOUNT_MAX 256
/* Variables are set in the page's head. */
#define HEAD_MAX 65536
#define SEPARATORS "|=: \t"

/* strchr() would find the octet 0 in any string. */
static gboolean
is_one_of (char octet, const char *set)
{
  return octet != '\0' && strchr (set, octet) != NULL;
}

static gboolean
is_word (OhSlice text)
{
  if (text.len == 0 || text.len > WORD_MAX)
    return FALSE;
  for (gsize i = 0; i < text.len; i++)
    if (!g_ascii_isalnum (text.data[i]) && !is_one_of (text.data[i], "._-"))
      return FALSE;
  return TRUE;
}

/* "user@host" and nothing that could end a query. */
static gboolean
is_account (OhSlice text)
{
  gssize at = oh_slice_find (text, '@');

  if (at <= 0 || (gsize) at + 1 >= text.len || text.len > ACCOUNT_MAX)
    return FALSE;
  for (gsize i = 0; i < text.len; i++)
    if (!g_ascii_isalnum (text.data[i]) && !is_one_of (text.data[i], "._-+:@[]*#~"))
      return FALSE;
  return TRUE;
}

/* "Account1|label|user name|display name|..." of which one field is the URI. */
static void
read_account (OhYealinkConfig *self, OhSlice line)
{
  self->is_config = TRUE;
  while (line.len > 0)
    {
      OhSlice field = oh_slice_trim (oh_slice_eat_until (&line, "|"));

      oh_slice_eat (&line, '|');
      if (is_account (field) && self->accounts->len < OH_YEALINK_ACCOUNTS_MAX)
        {
          g_ptr_array_add (self->accounts, oh_slice_dup (field));
          return; /* the first one; a display name may have an "@" in it, too */
        }
    }
}

static void
read_dnd (OhYealinkConfig *self, OhSlice value)
{
  static const struct
  {
    const char *word;
    OhYealinkDnd dnd;
  } known[] = {
    { "1", OH_YEALINK_DND_ON },  { "on", OH_YEALINK_DND_ON },   { "enabled", OH_YEALINK_DND_ON },
    { "0", OH_YEALINK_DND_OFF }, { "off", OH_YEALINK_DND_OFF }, { "disabled", OH_YEALINK_DND_OFF },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (oh_slice_equal_case (value, known[i].word))
      {
        self->dnd = known[i].dnd;
        self->is_config = TRUE;
      }
}

static void
read_firmware (OhYealinkConfig *self, OhSlice value)
{
  if (!is_word (value) || !g_ascii_isdigit (value.data[0]))
    return;
  g_free (self->firmware);
  self->firmware = oh_slice_dup (value);
  self->is_config = TRUE;
}

static void
read_line (OhYealinkConfig *self, OhSlice line)
{
  OhSlice whole = line;
  OhSlice name = oh_slice_eat_until (&line, SEPARATORS);

  while (line.len > 0 && is_one_of (line.data[0], SEPARATORS))
    line = oh_slice (line.data + 1, line.len - 1);
  if (oh_slice_has_prefix_case (name, "account") && oh_slice_find (whole, '|') > 0)
    read_account (self, line);
  else if (oh_slice_equal_case (name, "dnd"))
    read_dnd (self, line);
  else if (oh_slice_has_prefix_case (name, "firmware") || oh_slice_equal_case (name, "fw"))
    read_firmware (self, line);
}

OhYealinkConfig *
oh_yealink_config_parse (OhSlice body)
{
  g_autoptr (OhYealinkConfig) self = g_new0 (OhYealinkConfig, 1);

  self->accounts = g_ptr_array_new_with_free_func (g_free);
  if (body.len > OH_YEALINK_CONFIG_MAX)
    return g_steal_pointer (&self);
  while (body.len > 0)
    {
      read_line (self, oh_slice_trim (oh_slice_eat_until (&body, "\r\n<")));
      if (oh_slice_eat (&body, '<')) /* a tag parts lines, too */
        oh_slice_eat_until (&body, ">\r\n");
      if (body.len > 0)
        body = oh_slice (body.data + 1, body.len - 1);
    }
  return g_steal_pointer (&self);
}

void
oh_yealink_config_free (OhYealinkConfig *self)
{
  if (self == NULL)
    return;
  g_free (self->firmware);
  g_ptr_array_unref (self->accounts);
  g_free (self);
}

/* What is between the quotes behind "name=". */
static char *
read_variable (OhSlice body, const char *name)
{
  gsize len = strlen (name);

  for (gsize at = 0; at + len < body.len; at++)
    if (memcmp (body.data + at, name, len) == 0)
      {
        OhSlice rest = oh_slice (body.data + at + len, body.len - at - len);
        OhSlice value;

        oh_slice_eat_space (&rest);
        if (!oh_slice_eat (&rest, '='))
          continue;
        oh_slice_eat_space (&rest);
        if (!oh_slice_eat (&rest, '"') && !oh_slice_eat (&rest, '\''))
          continue;
        value = oh_slice_eat_until (&rest, "\"'<\r\n");
        return is_word (value) ? oh_slice_dup (value) : NULL;
      }
  return NULL;
}

void
oh_yealink_page_read (OhSlice body, char **out_model, char **out_firmware)
{
  OhSlice head = oh_slice (body.data, MIN (body.len, HEAD_MAX));

  *out_model = read_variable (head, "g_phonetype");
  *out_firmware = read_variable (head, "g_strFirmware");
}
