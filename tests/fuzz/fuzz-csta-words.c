/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-words.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  OhCstaEdition edition = OH_CSTA_ED3;
  OhCstaService service = 0;
  OhCstaEvent event = 0;

  oh_csta_edition_find (text, &edition);
  oh_csta_service_find (text, &service);
  oh_csta_event_find (text, &event);
  g_assert_true (edition >= OH_CSTA_ED3 && edition <= OH_CSTA_ED5);
  g_assert_true (service < OH_N_CSTA_SERVICES && event < OH_N_CSTA_EVENTS);
  return 0;
}
