/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-product.h"

#define MAC_DIGITS 12u

static gboolean
is_mac (OhSlice word)
{
  for (gsize i = 0; i < word.len; i++)
    if (!g_ascii_isxdigit (word.data[i]))
      return FALSE;
  return word.len == MAC_DIGITS;
}

static char *
shown (OhSlice word)
{
  if (word.len == 0 || word.len > OH_CSTA_PRODUCT_MAX)
    return NULL;
  for (gsize i = 0; i < word.len; i++)
    if (!g_ascii_isgraph (word.data[i]))
      return NULL;
  return oh_slice_dup (word);
}

void
oh_csta_product_parse (OhSlice header, OhCstaProduct *out)
{
  OhSlice rest = oh_slice_trim (header);
  OhSlice product = oh_slice_eat_until (&rest, " ");
  OhSlice version = product;

  *out = (OhCstaProduct){ NULL, NULL, NULL };
  product = oh_slice_eat_until (&version, "/");
  out->model = shown (product);
  if (oh_slice_eat (&version, '/'))
    out->firmware = shown (version);
  while (rest.len > 0 && out->mac == NULL)
    {
      OhSlice word;

      oh_slice_eat_space (&rest);
      word = oh_slice_eat_until (&rest, " ");
      if (is_mac (word))
        out->mac = g_ascii_strup (word.data, (gssize) word.len);
      else if (word.len == 0)
        break;
    }
}

void
oh_csta_product_clear (OhCstaProduct *self)
{
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->firmware, g_free);
  g_clear_pointer (&self->mac, g_free);
}
