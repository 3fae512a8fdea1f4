/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "found-phone.h"

OhFoundPhone *
oh_found_phone_new (OhFoundHow how, const char *address, const char *mac)
{
  OhFoundPhone *self = g_new0 (OhFoundPhone, 1);

  self->how = how;
  self->address = g_strdup (address);
  self->mac = g_strdup (mac);
  self->maker = oh_mac_maker (mac);
  return self;
}

OhFoundPhone *
oh_found_phone_copy (const OhFoundPhone *self)
{
  OhFoundPhone *copy = g_memdup2 (self, sizeof *self);

  copy->address = g_strdup (self->address);
  copy->mac = g_strdup (self->mac);
  copy->model = g_strdup (self->model);
  copy->fingerprint = g_strdup (self->fingerprint);
  copy->phone_id = g_strdup (self->phone_id);
  return copy;
}

void
oh_found_phone_free (OhFoundPhone *self)
{
  if (self == NULL)
    return;
  g_free (self->address);
  g_free (self->mac);
  g_free (self->model);
  g_free (self->fingerprint);
  g_free (self->phone_id);
  g_free (self);
}

const char *
oh_found_how_word (guint how)
{
  switch (how)
    {
    case OH_FOUND_BY_NEIGHBOUR: return "neighbour";
    case OH_FOUND_BY_NAME: return "name";
    case OH_FOUND_BY_BOOT: return "boot";
    case OH_FOUND_BY_DIRECTORY: return "directory";
    case OH_FOUND_BY_PROBE: return "probe";
    case OH_FOUND_BY_CODE: return "code";
    default: return "";
    }
}

const char *
oh_found_kind_word (OhFoundKind kind)
{
  static const char *const words[] = {
    [OH_FOUND_UNKNOWN] = "unknown",
    [OH_FOUND_DESK] = "desk",
    [OH_FOUND_DECT] = "dect",
    [OH_FOUND_NONE] = "none",
  };

  return words[kind];
}

/* Two devices have two MACs; an address may have passed from one to the other. */
static gboolean
is_same (const OhFoundPhone *a, const OhFoundPhone *b)
{
  if (a->mac != NULL && b->mac != NULL)
    return g_str_equal (a->mac, b->mac);
  return a->address != NULL && g_strcmp0 (a->address, b->address) == 0;
}

static gboolean
fill (char **field, char **from)
{
  if (*field != NULL || *from == NULL)
    return FALSE;
  *field = g_steal_pointer (from);
  return TRUE;
}

/* Who saw it just now knows better where it is than who was told. */
static gboolean
takes_address (const OhFoundPhone *at, const OhFoundPhone *found)
{
  const guint seen =
    OH_FOUND_BY_NEIGHBOUR | OH_FOUND_BY_BOOT | OH_FOUND_BY_PROBE | OH_FOUND_BY_CODE;

  return found->address != NULL && g_strcmp0 (at->address, found->address) != 0 &&
         (at->how & seen) == 0 && (found->how & seen) != 0;
}

static gboolean
fill_up (OhFoundPhone *at, OhFoundPhone *found)
{
  gboolean news = (at->how | found->how) != at->how;

  if (takes_address (at, found))
    {
      g_free (at->address);
      at->address = g_steal_pointer (&found->address);
      news = TRUE;
    }
  at->how |= found->how;
  news |= fill (&at->address, &found->address);
  news |= fill (&at->mac, &found->mac);
  news |= fill (&at->model, &found->model);
  news |= fill (&at->fingerprint, &found->fingerprint);
  news |= fill (&at->phone_id, &found->phone_id);
  if (at->maker == OH_PHONE_MAKER_NONE)
    at->maker = found->maker;
  if (at->kind == OH_FOUND_UNKNOWN && found->kind != OH_FOUND_NONE)
    at->kind = found->kind;
  return news;
}

OhFoundPhone *
oh_found_merge (GPtrArray *list, OhFoundPhone *found)
{
  g_autoptr (OhFoundPhone) owned = found;

  for (guint i = 0; i < list->len; i++)
    {
      OhFoundPhone *at = g_ptr_array_index (list, i);

      if (is_same (at, found))
        return fill_up (at, found) ? at : NULL;
    }
  if (found->kind == OH_FOUND_NONE || list->len >= OH_FOUND_MAX)
    return NULL;
  g_ptr_array_add (list, g_steal_pointer (&owned));
  return found;
}
