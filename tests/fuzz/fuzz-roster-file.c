/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-file.h"

#include <string.h>

#define HEAD 48u
#define MAGIC "Offhook contact\001"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The sum keeps a fuzzer out: what is given is also tried as a payload with the right one. */
static GBytes *
with_head (const guint8 *data, gsize size)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 *content = g_malloc (HEAD + size);
  gsize len = 32;

  memcpy (content, MAGIC, 16);
  g_checksum_update (sum, data, (gssize) size);
  g_checksum_get_digest (sum, content + 16, &len);
  if (size > 0)
    memcpy (content + HEAD, data, size);
  return g_bytes_new_take (content, HEAD + size);
}

static void
try_one (GBytes *content)
{
  g_autoptr (OhContactSnapshot) snapshot =
    oh_roster_file_read (content, "sip:alice@fabrikam.test", NULL);

  if (snapshot != NULL)
    g_assert_cmpuint (snapshot->cards->len, ==, snapshot->list->entries->len);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) plain = g_bytes_new (data, size);
  g_autoptr (GBytes) headed = with_head (data, size);

  try_one (plain);
  try_one (headed);
  return 0;
}
