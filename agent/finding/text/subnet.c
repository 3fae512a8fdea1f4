/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "subnet.h"

/* Of the network with OH_SUBNET_HOSTS_MAX hosts. */
#define PREFIX_MIN 24
/* A link between two routers has no hosts to ask (RFC 3021). */
#define PREFIX_MAX 30

static gboolean
is_private (guint32 address)
{
  static const struct
  {
    guint32 network;
    guint32 mask;
  } blocks[] = {
    { 0x0a000000, 0xff000000 }, /* 10/8 */
    { 0xac100000, 0xfff00000 }, /* 172.16/12 */
    { 0xc0a80000, 0xffff0000 }, /* 192.168/16 */
    { 0x64400000, 0xffc00000 }, /* 100.64/10 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    if ((address & blocks[i].mask) == blocks[i].network)
      return TRUE;
  return FALSE;
}

void
oh_subnet_hosts (guint32 address, guint prefix, GArray *out)
{
  guint bits = 32 - CLAMP (prefix, PREFIX_MIN, 32);
  guint32 network = address & ~((1U << bits) - 1U);
  guint32 last = network | ((1U << bits) - 1U);

  if (prefix > PREFIX_MAX || !is_private (address))
    return;
  for (guint32 host = network + 1; host < last; host++)
    if (host != address)
      g_array_append_val (out, host);
}
