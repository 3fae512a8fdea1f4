/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-header.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_item (OhSlice item)
{
  OhSlice name, value;
  OhSipNameAddr addr;
  OhSipVia via;
  OhSipCSeq cseq;

  if (oh_sip_name_addr_parse (item, &addr))
    {
      g_assert_cmpuint (addr.uri.len, >, 0);
      while (oh_sip_params_next (&addr.params, &name, &value))
        g_assert_cmpuint (name.len, >, 0);
    }
  if (oh_sip_via_parse (item, &via))
    g_assert_cmpuint (via.host.len, >, 0);
  if (oh_sip_cseq_parse (item, &cseq))
    g_assert_cmpuint (cseq.number, <=, G_MAXINT32);
  oh_sip_header_full_name (item);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice cursor = oh_slice ((const char *) data, size);
  OhSlice whole = cursor, item;
  gsize total = 0;

  while (oh_sip_list_next (&cursor, &item))
    {
      total += item.len;
      read_item (item);
    }
  g_assert_cmpuint (total, <=, size);
  read_item (whole);
  oh_sip_header_tag (whole);
  return 0;
}
