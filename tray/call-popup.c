/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "call-popup.h"

#include "view-state.h"

#include <glib/gi18n-lib.h>

/* From the edge of the work area, pixels. */
#define MARGIN 12

struct _OhCallPopup
{
  GtkWindow parent;

  GtkLabel *partner_label;
  GtkLabel *body_label;
  GtkButton *answer_button;
  GtkButton *reject_button;
};

G_DEFINE_FINAL_TYPE (OhCallPopup, oh_call_popup, GTK_TYPE_WINDOW)

/* The top right corner, as notifications have it. A Wayland compositor places it by itself. */
static void
oh_call_popup_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  GdkDisplay *display = gtk_widget_get_display (widget);
  GdkMonitor *monitor = gdk_display_get_primary_monitor (display);
  GdkRectangle area;

  GTK_WIDGET_CLASS (oh_call_popup_parent_class)->size_allocate (widget, allocation);
  if (monitor == NULL)
    monitor = gdk_display_get_monitor (display, 0);
  if (monitor == NULL)
    return;
  gdk_monitor_get_workarea (monitor, &area);
  gtk_window_move (GTK_WINDOW (widget), area.x + area.width - allocation->width - MARGIN,
                   area.y + MARGIN);
}

static void
oh_call_popup_class_init (OhCallPopupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->size_allocate = oh_call_popup_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/offhook/Tray/ui/call-popup.ui");
  gtk_widget_class_bind_template_child (widget_class, OhCallPopup, partner_label);
  gtk_widget_class_bind_template_child (widget_class, OhCallPopup, body_label);
  gtk_widget_class_bind_template_child (widget_class, OhCallPopup, answer_button);
  gtk_widget_class_bind_template_child (widget_class, OhCallPopup, reject_button);
}

static void
oh_call_popup_init (OhCallPopup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
oh_call_popup_new (GtkApplication *application, const OhTrayCall *call)
{
  g_autofree char *partner = oh_view_call_partner (call);
  g_autofree char *body = oh_view_call_body (call);
  g_autofree char *spoken = g_strdup_printf (_ ("Incoming call: %s"), partner);
  OhCallPopup *self = g_object_new (OH_TYPE_CALL_POPUP, "application", application, NULL);

  gtk_label_set_text (self->partner_label, partner);
  gtk_label_set_text (self->body_label, body);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->answer_button), "s", call->id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->reject_button), "s", call->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->answer_button), "app.answer");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->reject_button), "app.reject");
  gtk_window_set_title (GTK_WINDOW (self), spoken);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), spoken);
  gtk_widget_show (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
