/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-facts.h"

void
oh_number_facts_clear (OhNumberFacts *facts)
{
  g_clear_pointer (&facts->display, g_free);
  g_clear_pointer (&facts->region, g_free);
}
