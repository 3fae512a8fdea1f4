/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-report.h"

#include <stdio.h>

JsonObject *
sim_report_new (const char *event)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "event", event);
  return object;
}

char *
sim_report_line (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

void
sim_report_send (JsonObject *object)
{
  g_autofree char *line = sim_report_line (object);

  fputs (line, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
  json_object_unref (object);
}

void
sim_report_set (JsonObject *object, const char *name, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (object, name, valid);
  else
    json_object_set_null_member (object, name);
}
