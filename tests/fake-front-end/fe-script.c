/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-script.h"

#include <string.h>

#include "fe-event.h"
#include "fe-value.h"

typedef enum
{
  REPLY_SIGNED,
  REPLY_UNSIGNED,
  REPLY_RAW,
  REPLY_DROP,
  REPLY_CUT,
} ReplyKind;

typedef struct
{
  gboolean early;
  gboolean is_lasting;
  char *method;        /* (owned) */
  GPtrArray *patterns; /* (owned) (element-type utf8): "Header: part of its value" */
  ReplyKind kind;
  GString *text; /* (owned): the reply, lines ended by "\n" */
} Block;

struct _FeScript
{
  GPtrArray *blocks; /* (owned) (element-type Block) */
};

static void
block_free (gpointer data)
{
  Block *block = data;

  g_free (block->method);
  g_ptr_array_unref (block->patterns);
  g_string_free (block->text, TRUE);
  g_free (block);
}

/* "expect METHOD", "expect early METHOD", "expect always METHOD" */
static Block *
begin_block (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint count = g_strv_length (words);
  Block *block;

  if (count < 2)
    return NULL;
  block = g_new0 (Block, 1);
  block->patterns = g_ptr_array_new_with_free_func (g_free);
  block->text = g_string_new (NULL);
  block->method = g_strdup (words[count - 1]);
  block->early = g_strv_contains ((const char *const *) words, "early");
  block->is_lasting = g_strv_contains ((const char *const *) words, "always");
  return block;
}

static gboolean
set_kind (Block *block, const char *line)
{
  static const char *const kinds[] = { "reply", "reply unsigned", "reply raw", "drop", "cut" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (line, kinds[i]) == 0)
      {
        block->kind = (ReplyKind) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
broken (guint line, const char *what, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "script, line %u: %s", line, what);
  return FALSE;
}

static gboolean
read_blocks (FeScript *self, char **lines, GError **error)
{
  Block *block = NULL;
  gboolean in_reply = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]);
      if (in_reply)
        {
          in_reply = strcmp (lines[i], "end") != 0;
          if (in_reply)
            g_string_append_printf (block->text, "%s\n", lines[i]);
          continue;
        }
      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      if (g_str_has_prefix (lines[i], "expect "))
        {
          block = begin_block (lines[i]);
          if (block == NULL)
            return broken (i + 1, "expect without a method", error);
          g_ptr_array_add (self->blocks, block);
        }
      else if (block == NULL)
        return broken (i + 1, "before the first expect", error);
      else if (set_kind (block, lines[i]))
        in_reply = block->kind <= REPLY_RAW;
      else
        g_ptr_array_add (block->patterns, g_strdup (lines[i]));
    }
  return in_reply ? broken (g_strv_length (lines), "reply without end", error) : TRUE;
}

FeScript *
fe_script_new (const char *file, GError **error)
{
  g_autoptr (FeScript) self = g_new0 (FeScript, 1);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  self->blocks = g_ptr_array_new_with_free_func (block_free);
  if (!g_file_get_contents (file, &text, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  return read_blocks (self, lines, error) ? g_steal_pointer (&self) : NULL;
}

void
fe_script_free (FeScript *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

static gboolean
fits (const Block *block, const FeMessage *request)
{
  if (strcmp (block->method, "*") != 0 && strcmp (block->method, request->method) != 0)
    return FALSE;
  for (guint i = 0; i < block->patterns->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (block->patterns->pdata[i], ":", 2);
      const char *value = fe_message_get (request, parts[0]);

      if (value == NULL || (parts[1] != NULL && strstr (value, g_strstrip (parts[1])) == NULL))
        return FALSE;
    }
  return TRUE;
}

/* ${Header} stands for the value of that header in the request, ${uri} for its Request-URI. */
static char *
fill_in (const char *text, const FeMessage *request)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *start;

  while ((start = strstr (text, "${")) != NULL && strchr (start, '}') != NULL)
    {
      const char *end = strchr (start, '}');
      g_autofree char *name = g_strndup (start + 2, end - start - 2);
      const char *value = strcmp (name, "uri") == 0 ? request->uri : fe_message_get (request, name);

      g_string_append_len (out, text, start - text);
      g_string_append (out, value != NULL ? value : "");
      text = end + 1;
    }
  g_string_append (out, text);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "STATUS REASON", header lines, blank line, body. */
static FeMessage *
make_response (const FeExchange *exchange, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\n\n", 2);
  g_auto (GStrv) lines = g_strsplit (parts[0], "\n", -1);
  char *reason = NULL;
  guint status = (guint) g_ascii_strtoull (lines[0], &reason, 10);
  FeMessage *response = fe_exchange_response (exchange, status, g_strstrip (reason));
  const char *type;

  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) header = g_strsplit (lines[i], ":", 2);

      if (g_strv_length (header) == 2)
        fe_message_set (response, header[0], g_strstrip (header[1]));
    }
  type = fe_message_get (response, "Content-Type");
  if (parts[1] != NULL && type != NULL)
    {
      g_autofree char *kept = g_strdup (type);

      fe_message_set_body (response, kept, g_strdup (parts[1]), -1);
    }
  return response;
}

static void
send_raw (const FeExchange *exchange, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  char *joined = g_strjoinv ("\r\n", lines);
  g_autoptr (GBytes) octets = g_bytes_new_take (joined, strlen (joined));

  fe_connection_write (exchange->connection, octets);
}

static void
act (const Block *block, const FeExchange *exchange)
{
  g_autofree char *text = fill_in (block->text->str, exchange->request);
  g_autoptr (FeMessage) response = NULL;

  switch (block->kind)
    {
    case REPLY_SIGNED:
    case REPLY_UNSIGNED:
      response = make_response (exchange, text);
      fe_wire_send (exchange->wire, exchange->connection,
                    block->kind == REPLY_SIGNED ? exchange->association : NULL, response);
      break;
    case REPLY_RAW: send_raw (exchange, text); break;
    case REPLY_DROP: break;
    case REPLY_CUT: fe_connection_close (exchange->connection, FALSE); break;
    default: g_assert_not_reached ();
    }
}

static gboolean
handle (FeScript *self, const FeExchange *exchange, gboolean early)
{
  for (guint i = 0; self != NULL && i < self->blocks->len; i++)
    {
      const Block *block = self->blocks->pdata[i];

      if (block->early != early || !fits (block, exchange->request))
        continue;
      fe_event ("scripted", "user:u", exchange->aor, "method:s", exchange->request->method,
                "block:i", (int) i + 1, NULL);
      act (block, exchange);
      if (!block->is_lasting)
        g_ptr_array_remove_index (self->blocks, i);
      return TRUE;
    }
  return FALSE;
}

gboolean
fe_script_handle_early (FeScript *self, const FeExchange *exchange)
{
  return handle (self, exchange, TRUE);
}

gboolean
fe_script_handle (FeScript *self, const FeExchange *exchange)
{
  return handle (self, exchange, FALSE);
}
