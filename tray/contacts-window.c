/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "contacts-window.h"

#include "call-bar.h"
#include "contact-list.h"
#include "menu-lines.h"
#include "roster-actions.h"
#include "search-view.h"
#include "view-state.h"

#include <glib/gi18n-lib.h>

struct _OhContactsWindow
{
  GtkApplicationWindow parent;

  GtkHeaderBar *header;
  GtkMenuButton *status_button;
  GtkImage *status_image;
  GtkRevealer *trouble_revealer;
  GtkLabel *trouble_label;
  GtkWidget *trouble_button;
  OhCallBar *call_bar;
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  OhContactList *list;
  OhSearchView *directory;
  GtkLabel *empty_label;
  GtkWidget *empty_button;

  GtkContainer *notice_box;
  GtkContainer *age_box;

  OhAgentClient *client;   /* (owned) */
  OhRosterActions *roster; /* (owned) */
};

G_DEFINE_FINAL_TYPE (OhContactsWindow, oh_contacts_window, GTK_TYPE_APPLICATION_WINDOW)

/* One's own presence as a GMenu: the same lines as in the tray. Which one holds is the state of
 * the action. */
static GMenuModel *
make_presence_menu (const OhTrayModel *model)
{
  g_autoptr (GPtrArray) lines = oh_menu_presence_lines (model);
  g_autoptr (GMenu) section = g_menu_new ();
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      const OhMenuLine *line = g_ptr_array_index (lines, i);
      g_autoptr (GMenuItem) item = NULL;

      if (line->kind == OH_MENU_SEPARATOR)
        {
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          g_object_unref (section);
          section = g_menu_new ();
          continue;
        }
      item = g_menu_item_new (line->label, NULL);
      if (line->target != NULL)
        g_menu_item_set_action_and_target (item, "app.presence", "s", line->target);
      else
        g_menu_item_set_detailed_action (item, "app.reset-presence");
      g_menu_append_item (section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  return G_MENU_MODEL (menu);
}

static void
update_status_button (OhContactsWindow *self, const OhTrayModel *model)
{
  gboolean online = model->endpoint == OH_TRAY_ENDPOINT_ONLINE;
  g_autofree char *presence = oh_view_presence (model->availability, model->activity);
  g_autofree char *tip = g_strdup_printf (_ ("My status: %s"), presence);

  gtk_widget_set_visible (GTK_WIDGET (self->status_button), online);
  gtk_image_set_from_icon_name (self->status_image,
                                oh_view_presence_icon (model->availability, model->activity),
                                GTK_ICON_SIZE_MENU);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status_button), tip);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->status_button)), tip);
}

/* State with what to do, then every phone that is in trouble; NULL where all is well. */
static char *
trouble_text (const OhTrayModel *model)
{
  g_autofree char *state = oh_view_state (model);
  g_autofree char *advice = oh_view_advice (model);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  gboolean broken = model->agent == OH_TRAY_AGENT_BROKEN || model->agent == OH_TRAY_AGENT_GONE ||
                    model->endpoint == OH_TRAY_ENDPOINT_FAILED ||
                    model->endpoint == OH_TRAY_ENDPOINT_WAITING;

  if (broken)
    g_ptr_array_add (lines, g_steal_pointer (&state));
  if (advice != NULL)
    g_ptr_array_add (lines, g_steal_pointer (&advice));
  for (guint i = 0; i < model->phones->len && i < OH_MENU_PHONES_MAX; i++)
    {
      char *trouble = oh_view_phone_trouble (g_ptr_array_index (model->phones, i));

      if (trouble != NULL)
        g_ptr_array_add (lines, trouble);
    }
  if (lines->len == 0)
    return NULL;
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
update_trouble (OhContactsWindow *self, const OhTrayModel *model)
{
  g_autofree char *text = trouble_text (model);
  const OhTrayPhone *phone = oh_view_phone_for_user (model);
  gboolean wants_password;

  gtk_revealer_set_reveal_child (self->trouble_revealer, text != NULL);
  if (text != NULL)
    gtk_label_set_text (self->trouble_label, text);
  wants_password = model->endpoint == OH_TRAY_ENDPOINT_FAILED && model->uri[0] != '\0';
  gtk_widget_set_visible (self->trouble_button, wants_password || phone != NULL);
  if (!wants_password && phone != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->trouble_button), "s", phone->id);
  else
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->trouble_button), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->trouble_button),
                                  wants_password || phone == NULL ? "app.account" : "app.phone");
}

static const char *
empty_text (OhContactsWindow *self, const OhTrayModel *model)
{
  if (model->contacts->len > 0)
    return _ ("Nobody by that name");
  if (model->agent != OH_TRAY_AGENT_HERE)
    return _ ("No contacts while the service is away");
  if (model->uri[0] == '\0')
    return _ ("Set up your account to see your contacts");
  return model->endpoint == OH_TRAY_ENDPOINT_ONLINE ? _ ("Your contact list is empty")
                                                    : _ ("Sign in to see your contacts");
}

static gboolean
is_on_the_way (const OhTrayModel *model)
{
  return model->agent == OH_TRAY_AGENT_STARTING || model->endpoint == OH_TRAY_ENDPOINT_CONNECTING ||
         model->endpoint == OH_TRAY_ENDPOINT_SIGNING_IN;
}

static void
update_page (OhContactsWindow *self)
{
  const OhTrayModel *model = oh_agent_client_get_model (self->client);
  gboolean can_sign_in = model->agent == OH_TRAY_AGENT_HERE && model->contacts->len == 0 &&
                         (model->endpoint == OH_TRAY_ENDPOINT_OFFLINE || model->uri[0] == '\0');

  if (oh_contact_list_get_length (self->list) > 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }
  if (model->contacts->len == 0 && is_on_the_way (model))
    {
      gtk_stack_set_visible_child_name (self->stack, "busy");
      return;
    }
  gtk_label_set_text (self->empty_label, empty_text (self, model));
  gtk_widget_set_visible (self->empty_button, can_sign_in);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button),
                                  model->uri[0] != '\0' ? "app.sign-in" : "app.account");
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
update (OhContactsWindow *self)
{
  const OhTrayModel *model = oh_agent_client_get_model (self->client);
  g_autofree char *title = oh_view_title (model);

  gtk_header_bar_set_subtitle (self->header, title);
  update_status_button (self, model);
  update_trouble (self, model);
  oh_call_bar_update (self->call_bar, model);
  update_page (self);
}

static void
on_search_changed (GtkSearchEntry *entry, OhContactsWindow *self)
{
  oh_contact_list_set_query (self->list, gtk_entry_get_text (GTK_ENTRY (entry)));
  oh_search_view_set_query (self->directory, gtk_entry_get_text (GTK_ENTRY (entry)));
  update_page (self);
}

/* The search waits a moment for the next letter; Enter does not. */
static void
on_search_activate (GtkEntry *entry, OhContactsWindow *self)
{
  oh_contact_list_set_query (self->list, gtk_entry_get_text (entry));
  if (oh_contact_list_get_length (self->list) > 0)
    oh_contact_list_call_first (self->list);
  else
    oh_search_view_call_first (self->directory);
}

static void
on_stop_search (GtkSearchEntry *entry, OhContactsWindow *self)
{
  gtk_entry_set_text (GTK_ENTRY (entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_filled (OhContactList *list, OhContactsWindow *self)
{
  if (self->client != NULL)
    update_page (self);
}

/* Who types a letter anywhere looks for somebody. */
static gboolean
oh_contacts_window_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  OhContactsWindow *self = OH_CONTACTS_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (GTK_WIDGET_CLASS (oh_contacts_window_parent_class)->key_press_event (widget, event))
    return GDK_EVENT_STOP;
  if (focus == GTK_WIDGET (self->search_entry) || event->keyval == GDK_KEY_space)
    return GDK_EVENT_PROPAGATE;
  if (!gtk_search_entry_handle_event (self->search_entry, (GdkEvent *) event))
    return GDK_EVENT_PROPAGATE;
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->search_entry));
  return GDK_EVENT_STOP;
}

static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_grab_focus (GTK_WIDGET (OH_CONTACTS_WINDOW (user_data)->search_entry));
}

static void
on_close (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

static void
oh_contacts_window_dispose (GObject *object)
{
  OhContactsWindow *self = OH_CONTACTS_WINDOW (object);

  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
  g_clear_object (&self->roster);
  G_OBJECT_CLASS (oh_contacts_window_parent_class)->dispose (object);
}

static void
oh_contacts_window_class_init (OhContactsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (OH_TYPE_CALL_BAR);
  g_type_ensure (OH_TYPE_CONTACT_LIST);
  g_type_ensure (OH_TYPE_SEARCH_VIEW);
  G_OBJECT_CLASS (klass)->dispose = oh_contacts_window_dispose;
  widget_class->key_press_event = oh_contacts_window_key_press_event;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/offhook/Tray/ui/contacts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, header);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, status_button);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, status_image);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, trouble_revealer);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, trouble_button);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, call_bar);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, directory);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, empty_label);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, empty_button);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, notice_box);
  gtk_widget_class_bind_template_child (widget_class, OhContactsWindow, age_box);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_filled);
}

static void
oh_contacts_window_init (OhContactsWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "find", .activate = on_find },
    { .name = "close", .activate = on_close },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

OhContactsWindow *
oh_contacts_window_new (GtkApplication *application, OhAgentClient *client)
{
  OhContactsWindow *self = g_object_new (OH_TYPE_CONTACTS_WINDOW, "application", application, NULL);
  g_autoptr (GMenuModel) presence = make_presence_menu (oh_agent_client_get_model (client));

  self->client = g_object_ref (client);
  gtk_menu_button_set_menu_model (self->status_button, presence);
  oh_contact_list_set_client (self->list, client);
  self->roster = oh_roster_actions_new (GTK_APPLICATION_WINDOW (self), self->list, self->notice_box,
                                        self->age_box);
  g_signal_connect_swapped (client, "changed", G_CALLBACK (update), self);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  return self;
}
