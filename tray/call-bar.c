/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-bar.h"

#include "call-verbs.h"
#include "menu-lines.h"
#include "view-state.h"

#include <glib/gi18n-lib.h>

struct _OhCallBar
{
  GtkListBox parent;

  char *shown; /* (owned) (nullable): what the rows say, so that a button is not rebuilt under a
                  finger */
};

G_DEFINE_FINAL_TYPE (OhCallBar, oh_call_bar, GTK_TYPE_LIST_BOX)

static void
add_button (GtkWidget *box, const OhTrayCall *call, const OhCallVerb *verb)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (verb->label);
  GtkStyleContext *style = gtk_widget_get_style_context (button);

  g_autofree char *action = g_strconcat ("app.", verb->action, NULL);

  if (verb->possible)
    {
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", call->id);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
    }
  else
    {
      gtk_widget_set_sensitive (button, FALSE);
      gtk_widget_set_tooltip_text (button, _ ("This phone cannot do that"));
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (verb->weight != 0)
    gtk_style_context_add_class (style, verb->weight > 0 ? GTK_STYLE_CLASS_SUGGESTED_ACTION
                                                         : GTK_STYLE_CLASS_DESTRUCTIVE_ACTION);
  gtk_container_add (GTK_CONTAINER (box), button);
}

/* More than these stand on a line of their own, so that the name keeps its place. */
#define BESIDE_NAME 2
#define BELOW_NAME 4

static void
no_focus (GtkWidget *child, gpointer user_data)
{
  gtk_widget_set_can_focus (child, FALSE); /* the button in it takes it */
}

static GtkWidget *
make_line (const OhTrayCall *call, const OhCallVerb *verbs, guint n)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), BELOW_NAME);
  for (guint i = 0; i < n; i++)
    add_button (flow, call, &verbs[i]);
  gtk_container_foreach (GTK_CONTAINER (flow), no_focus, NULL);
  return flow;
}

static GtkWidget *
make_texts (const OhTrayCall *call)
{
  g_autofree char *partner = oh_view_call_partner (call);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (partner);
  GtkWidget *state = gtk_label_new (oh_view_call_state (call->state));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_style_context_add_class (gtk_widget_get_style_context (name), "oh-name");
  gtk_label_set_xalign (GTK_LABEL (state), 0);
  gtk_style_context_add_class (gtk_widget_get_style_context (state), "dim-label");
  gtk_container_add (GTK_CONTAINER (box), name);
  gtk_container_add (GTK_CONTAINER (box), state);
  return box;
}

/* What ends a call is always beside the name. */
static GtkWidget *
make_content (const OhTrayModel *model, const OhTrayCall *call)
{
  OhCallVerb verbs[OH_CALL_VERBS_MAX];
  const guint n = oh_call_verbs (model, call, verbs);
  const guint below = n > BESIDE_NAME ? n - 1 : 0;
  const char *icon = oh_view_icon_name (
    call->state == OH_TRAY_CALL_INCOMING ? OH_ICON_RINGING : OH_ICON_ON_THE_PHONE);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_box_pack_start (GTK_BOX (box),
                      gtk_image_new_from_icon_name (icon, GTK_ICON_SIZE_LARGE_TOOLBAR), FALSE,
                      FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), make_texts (call), TRUE, TRUE, 0);
  for (guint i = below; i < n; i++)
    add_button (box, call, &verbs[i]);
  gtk_container_add (GTK_CONTAINER (content), box);
  if (below > 0)
    gtk_container_add (GTK_CONTAINER (content), make_line (call, verbs, below));
  return content;
}

static void
add_row (OhCallBar *self, const OhTrayModel *model, const OhTrayCall *call)
{
  g_autofree char *line = oh_view_call_line (call);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_container_add (GTK_CONTAINER (row), make_content (model, call));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_can_focus (row, FALSE); /* the buttons take it */
  atk_object_set_name (gtk_widget_get_accessible (row), line);
  gtk_widget_show_all (row);
  gtk_list_box_insert (GTK_LIST_BOX (self), row, -1);
}

static void
describe_verbs (GString *text, const OhTrayModel *model, const OhTrayCall *call)
{
  OhCallVerb verbs[OH_CALL_VERBS_MAX];
  guint n = oh_call_verbs (model, call, verbs);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, " %s%s", verbs[i].action, verbs[i].possible ? "" : "!");
  g_string_append_c (text, '\n');
}

static char *
describe (const OhTrayModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < model->calls->len && i < OH_MENU_CALLS_MAX; i++)
    {
      const OhTrayCall *call = g_ptr_array_index (model->calls, i);

      g_string_append_printf (text, "%s %d %s %s", call->id, call->state, call->number, call->name);
      describe_verbs (text, model, call);
    }
  return g_string_free (text, FALSE);
}

static void
destroy_row (GtkWidget *row, gpointer user_data)
{
  gtk_widget_destroy (row);
}

void
oh_call_bar_update (OhCallBar *self, const OhTrayModel *model)
{
  g_autofree char *text = describe (model);
  guint n = 0;

  g_return_if_fail (OH_IS_CALL_BAR (self));
  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  gtk_container_foreach (GTK_CONTAINER (self), destroy_row, NULL);
  for (guint i = 0; i < model->calls->len && n < OH_MENU_CALLS_MAX; i++)
    {
      const OhTrayCall *call = g_ptr_array_index (model->calls, i);

      if (call->state == OH_TRAY_CALL_ENDED)
        continue;
      add_row (self, model, call);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
oh_call_bar_finalize (GObject *object)
{
  g_free (OH_CALL_BAR (object)->shown);
  G_OBJECT_CLASS (oh_call_bar_parent_class)->finalize (object);
}

static void
oh_call_bar_class_init (OhCallBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_call_bar_finalize;
}

static void
oh_call_bar_init (OhCallBar *self)
{
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self), GTK_SELECTION_NONE);
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self)), "oh-calls");
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), _ ("Calls"));
}
