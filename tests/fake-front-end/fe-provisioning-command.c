/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-command.h"

/* Lines of the file, in turns expression and translation. */
static gboolean
add_file (FeProvisioning *provisioning, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i += 2)
    fe_provisioning_add_rule (provisioning, lines[i], lines[i + 1]);
  return TRUE;
}

static gboolean
do_style (FeCommand *command, GError **error)
{
  static const char *const words[] = { "mixed", "elements", "properties" };
  FeProvisioning *provisioning =
    fe_presence_get_provisioning (fe_server_get_presence (command->server));

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (fe_command_word (command, 2), words[i]) == 0)
      {
        fe_provisioning_set_style (provisioning, (FeProvisioningStyle) i);
        return TRUE;
      }
  return fe_command_fail (error, "which style?");
}

static gboolean
do_provision (FeCommand *command, GError **error)
{
  FePresence *presence = fe_server_get_presence (command->server);
  FeProvisioning *provisioning = fe_presence_get_provisioning (presence);
  const char *what = fe_command_word (command, 1);
  const char *a = fe_command_word (command, 2);
  const char *b = fe_command_word (command, 3);

  if (g_strcmp0 (what, "rule") == 0 && b != NULL)
    fe_provisioning_add_rule (provisioning, a, b);
  else if (g_strcmp0 (what, "file") == 0 && a != NULL)
    return add_file (provisioning, a, error);
  else if (g_strcmp0 (what, "none") == 0)
    fe_provisioning_clear (provisioning);
  else if (g_strcmp0 (what, "style") == 0)
    return do_style (command, error);
  else if (g_strcmp0 (what, "deny") == 0)
    fe_provisioning_deny (provisioning);
  else if (g_strcmp0 (what, "push") == 0)
    return fe_presence_push_provisioning (presence) > 0
             ? TRUE
             : fe_command_fail (error, "nobody has asked");
  else if (!fe_provisioning_add_hostile (provisioning, what))
    return fe_command_fail (error, "provision what?");
  return TRUE;
}

static const FeCommandEntry entries[] = {
  { "provision", do_provision },
  { NULL, NULL },
};

static const char help[] =
  "  provision rule EXPRESSION TRANSLATION  one more rule for numbers in the location profile\n"
  "  provision file PATH                    rules of a file: two lines each\n"
  "  provision catastrophic|many|garbage    rules that no server should have\n"
  "  provision none                         no rules\n"
  "  provision style mixed|elements|properties   of the document\n"
  "  provision deny                         neither transfer nor forwarding is allowed\n"
  "  provision push                         send it to all who have asked\n";

const FeCommandSet fe_provisioning_commands = { entries, help };
