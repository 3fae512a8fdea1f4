/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into sipe-client. Debian 12's libxml2 (2.9.14+dfsg-1.3~deb12u6) no longer calls a SAX1
 * startElement handler when the handler structure is marked as SAX2. pidgin-sipe marks its
 * structure so and fills in only SAX1 handlers: every document comes out empty, it is signed on
 * and has no contacts. Here the parser is handed a copy that is marked as SAX1. */

#include <dlfcn.h>
#include <libxml/parser.h>
#include <string.h>

typedef int (*ParseMemory) (xmlSAXHandlerPtr sax, void *user_data, const char *text, int length);

int
xmlSAXUserParseMemory (xmlSAXHandlerPtr sax, void *user_data, const char *text, int length)
{
  xmlSAXHandler copy = *sax;
  void *symbol = dlsym (RTLD_NEXT, "xmlSAXUserParseMemory");
  ParseMemory next;

  memcpy (&next, &symbol, sizeof next);
  copy.initialized = 1;
  copy.serror = NULL;
  return next (&copy, user_data, text, length);
}
