/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-metadata.h"

#include <gmodule.h>

#define MODULE_FILE "phone-metadata." G_MODULE_SUFFIX

/* Tests run the agent from where it was built. */
static char *
module_path (void)
{
  const char *folder = g_getenv ("OFFHOOK_MODULE_DIR");

  return g_build_filename (folder != NULL ? folder : OH_MODULE_DIR, MODULE_FILE, NULL);
}

static OhNumberFactsFunc
load (void)
{
  g_autofree char *path = module_path ();
  GModule *module = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  gpointer symbol = NULL;

  if (module == NULL || !g_module_symbol (module, OH_PHONE_METADATA_SYMBOL, &symbol))
    {
      g_message ("Numbers are shown without the world's numbering plans: %s", g_module_error ());
      return NULL;
    }
  g_module_make_resident (module);
  return (OhNumberFactsFunc) symbol;
}

void
oh_phone_metadata_facts (const char *number, const char *country_code, OhNumberFacts *facts)
{
  static OhNumberFactsFunc describe;
  static gboolean loaded;

  if (!loaded)
    describe = load ();
  loaded = TRUE;
  if (describe != NULL)
    describe (number, country_code, facts);
}
