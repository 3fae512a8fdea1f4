/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "menu.h"

#include <libdbusmenu-glib/client.h>
#include <libdbusmenu-glib/menuitem.h>
#include <libdbusmenu-glib/server.h>
#include <string.h>

struct _OhMenu
{
  GObject parent;

  DbusmenuServer *server; /* (owned) */
  DbusmenuMenuitem *root; /* (owned) */
  GActionGroup *actions;  /* (unowned) */
};

G_DEFINE_FINAL_TYPE (OhMenu, oh_menu, G_TYPE_OBJECT)

/* On each entry: what it means, what it does, with what. */
#define KEY_MEANING "oh-meaning"
#define KEY_ACTION "oh-action"
#define KEY_TARGET "oh-target"

/* Two lines with one meaning may share an entry of the bus. */
static char *
meaning (const OhMenuLine *line)
{
  const char *what = line->kind == OH_MENU_TEXT ? line->label : line->action;

  return g_strdup_printf ("%d %s %s", line->kind, what != NULL ? what : "",
                          line->target != NULL ? line->target : "");
}

static void
activate (GActionGroup *actions, const char *action, const char *target)
{
  GVariant *parameter = target != NULL ? g_variant_new_string (target) : NULL;

  g_action_group_activate_action (actions, action, parameter);
}

void
oh_menu_activate (GActionGroup *actions, const OhMenuLine *line)
{
  if (line->action != NULL)
    activate (actions, line->action, line->target);
}

static void
on_item_activated (DbusmenuMenuitem *item, guint timestamp, OhMenu *self)
{
  const char *action = g_object_get_data (G_OBJECT (item), KEY_ACTION);

  if (action != NULL)
    activate (self->actions, action, g_object_get_data (G_OBJECT (item), KEY_TARGET));
}

/* An underscore marks the mnemonic; a name may well have one. */
static char *
escape_label (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
set_text (DbusmenuMenuitem *item, const char *property, const char *text)
{
  if (g_strcmp0 (dbusmenu_menuitem_property_get (item, property), text) == 0)
    return;
  if (text != NULL)
    dbusmenu_menuitem_property_set (item, property, text);
  else
    dbusmenu_menuitem_property_remove (item, property);
}

static void
fill_item (DbusmenuMenuitem *item, const OhMenuLine *line)
{
  g_autofree char *label = line->label != NULL ? escape_label (line->label) : NULL;

  if (line->kind == OH_MENU_SEPARATOR)
    {
      set_text (item, DBUSMENU_MENUITEM_PROP_TYPE, DBUSMENU_CLIENT_TYPES_SEPARATOR);
      return;
    }
  set_text (item, DBUSMENU_MENUITEM_PROP_LABEL, label);
  set_text (item, DBUSMENU_MENUITEM_PROP_ICON_NAME, line->icon);
  dbusmenu_menuitem_property_set_bool (item, DBUSMENU_MENUITEM_PROP_ENABLED,
                                       line->kind != OH_MENU_TEXT && !line->impossible);
  if (line->kind != OH_MENU_RADIO)
    return;
  set_text (item, DBUSMENU_MENUITEM_PROP_TOGGLE_TYPE, DBUSMENU_MENUITEM_TOGGLE_RADIO);
  dbusmenu_menuitem_property_set_int (item, DBUSMENU_MENUITEM_PROP_TOGGLE_STATE,
                                      line->checked ? DBUSMENU_MENUITEM_TOGGLE_STATE_CHECKED
                                                    : DBUSMENU_MENUITEM_TOGGLE_STATE_UNCHECKED);
}

static DbusmenuMenuitem *
new_item (OhMenu *self, const OhMenuLine *line, char *what)
{
  DbusmenuMenuitem *item = dbusmenu_menuitem_new ();

  g_object_set_data_full (G_OBJECT (item), KEY_MEANING, what, g_free);
  g_object_set_data (G_OBJECT (item), KEY_ACTION, (gpointer) line->action);
  g_object_set_data_full (G_OBJECT (item), KEY_TARGET, g_strdup (line->target), g_free);
  g_signal_connect (item, DBUSMENU_MENUITEM_SIGNAL_ITEM_ACTIVATED, G_CALLBACK (on_item_activated),
                    self);
  return item;
}

/* Takes the entry out of @old. */
static DbusmenuMenuitem *
take_same (GPtrArray *old, const char *what)
{
  for (guint i = 0; i < old->len; i++)
    {
      DbusmenuMenuitem *item = g_ptr_array_index (old, i);

      if (strcmp (g_object_get_data (G_OBJECT (item), KEY_MEANING), what) == 0)
        return g_ptr_array_steal_index (old, i);
    }
  return NULL;
}

static void fill_children (OhMenu *self, DbusmenuMenuitem *parent, const GPtrArray *lines);

static void
place_line (OhMenu *self, DbusmenuMenuitem *parent, GPtrArray *old, const OhMenuLine *line,
            guint at)
{
  g_autofree char *what = meaning (line);
  g_autoptr (GObject) item = (GObject *) take_same (old, what);
  gboolean is_new = item == NULL;

  if (is_new)
    item = G_OBJECT (new_item (self, line, g_steal_pointer (&what)));
  fill_item (DBUSMENU_MENUITEM (item), line);
  if (line->children != NULL)
    fill_children (self, DBUSMENU_MENUITEM (item), line->children);
  if (is_new)
    dbusmenu_menuitem_child_add_position (parent, DBUSMENU_MENUITEM (item), at);
  else if (dbusmenu_menuitem_get_position (DBUSMENU_MENUITEM (item), parent) != at)
    dbusmenu_menuitem_child_reorder (parent, DBUSMENU_MENUITEM (item), at);
}

static void
fill_children (OhMenu *self, DbusmenuMenuitem *parent, const GPtrArray *lines)
{
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);

  for (GList *l = dbusmenu_menuitem_get_children (parent); l != NULL; l = l->next)
    g_ptr_array_add (old, g_object_ref (l->data));
  for (guint i = 0; i < lines->len; i++)
    place_line (self, parent, old, g_ptr_array_index (lines, i), i);
  for (guint i = 0; i < old->len; i++)
    dbusmenu_menuitem_child_delete (parent, g_ptr_array_index (old, i));
}

void
oh_menu_set_lines (OhMenu *self, const GPtrArray *lines)
{
  g_return_if_fail (OH_IS_MENU (self));
  fill_children (self, self->root, lines);
}

static void
oh_menu_dispose (GObject *object)
{
  OhMenu *self = OH_MENU (object);

  g_clear_object (&self->server);
  g_clear_object (&self->root);
  G_OBJECT_CLASS (oh_menu_parent_class)->dispose (object);
}

static void
oh_menu_class_init (OhMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_menu_dispose;
}

static void
oh_menu_init (OhMenu *self)
{
  self->root = dbusmenu_menuitem_new ();
}

OhMenu *
oh_menu_new (const char *path, GActionGroup *actions)
{
  OhMenu *self = g_object_new (OH_TYPE_MENU, NULL);

  self->actions = actions;
  self->server = dbusmenu_server_new (path);
  dbusmenu_server_set_root (self->server, self->root);
  return self;
}
