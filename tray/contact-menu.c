/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "contact-menu.h"

#include "contact-store.h"
#include "menu-lines.h"
#include "menu.h"

#include <glib/gi18n-lib.h>

/* The number that an entry is about. */
#define KEY_LINE "oh-line"

static void
on_number_chosen (GtkMenuItem *item, GActionGroup *actions)
{
  oh_menu_activate (actions, g_object_get_data (G_OBJECT (item), KEY_LINE));
}

static GtkWidget *
make_number_menu (const GPtrArray *lines, GActionGroup *actions)
{
  GtkWidget *menu = gtk_menu_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      OhMenuLine *line = g_ptr_array_index (lines, i);
      GtkWidget *item = gtk_menu_item_new_with_label (line->label);

      g_object_set_data (G_OBJECT (item), KEY_LINE, line);
      gtk_widget_set_sensitive (item, line->action != NULL);
      g_signal_connect_object (item, "activate", G_CALLBACK (on_number_chosen), actions, 0);
      gtk_menu_shell_append (GTK_MENU_SHELL (menu), item);
    }
  return menu;
}

static GtkWidget *
add_item (GtkWidget *menu, const char *label, const char *action, const char *target)
{
  GtkWidget *item = gtk_menu_item_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (item), action);
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (item), "s", target);
  gtk_menu_shell_append (GTK_MENU_SHELL (menu), item);
  return item;
}

/* A name of the user's is no mnemonic. */
static char *
escape_mnemonic (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
add_group_menu (GtkWidget *menu, const GPtrArray *groups)
{
  GtkWidget *item = gtk_menu_item_new_with_mnemonic (_ ("_Move to Group"));
  GtkWidget *submenu = gtk_menu_new ();

  for (guint i = 0; i < groups->len; i++)
    {
      const char *name = g_ptr_array_index (groups, i);
      gboolean others = g_str_equal (name, OH_CONTACT_STORE_DEFAULT);
      g_autofree char *label = others ? g_strdup (_ ("Other contacts")) : escape_mnemonic (name);

      add_item (submenu, label, "win.move-to", name);
    }
  gtk_menu_item_set_submenu (GTK_MENU_ITEM (item), submenu);
  gtk_menu_shell_append (GTK_MENU_SHELL (menu), item);
}

static void
add_call_menu (GtkWidget *menu, const OhTrayContact *contact, GActionGroup *actions)
{
  GPtrArray *lines = oh_menu_number_lines (contact);
  GtkWidget *call = gtk_menu_item_new_with_mnemonic (_ ("_Call via IP Phone"));

  gtk_menu_item_set_submenu (GTK_MENU_ITEM (call), make_number_menu (lines, actions));
  gtk_menu_shell_append (GTK_MENU_SHELL (menu), call);
  g_object_set_data_full (G_OBJECT (menu), "oh-lines", lines, (GDestroyNotify) g_ptr_array_unref);
  gtk_menu_shell_append (GTK_MENU_SHELL (menu), gtk_separator_menu_item_new ());
}

static void
add_edit_menu (GtkWidget *menu, const GPtrArray *groups)
{
  add_item (menu, _ ("Re_name…"), "win.rename", NULL);
  if (groups->len > 1)
    add_group_menu (menu, groups);
  add_item (menu, _ ("_Remove from List"), "win.remove", NULL);
}

/* Who is not in the list can be put there, given an address. */
static void
add_stranger_menu (GtkWidget *menu, const OhTrayContact *contact)
{
  GtkWidget *item;

  if (contact->address == NULL)
    return;
  item = add_item (menu, _ ("_Add to Contacts…"), "win.add-person", NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (item), "(ss)", contact->address, contact->name);
}

GtkWidget *
oh_contact_menu_new (const OhTrayContact *contact, const GPtrArray *groups, gboolean listed,
                     GActionGroup *actions)
{
  GtkWidget *menu = gtk_menu_new ();

  if (contact != NULL)
    {
      add_call_menu (menu, contact, actions);
      if (listed)
        add_edit_menu (menu, groups);
      else
        add_stranger_menu (menu, contact);
    }
  else
    {
      add_item (menu, _ ("Re_name Group…"), "win.rename", NULL);
      add_item (menu, _ ("_Remove Group"), "win.remove", NULL);
    }
  gtk_widget_show_all (menu);
  return menu;
}
