/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "doctor-row.h"

#include <glib/gi18n-lib.h>

struct _OhDoctorRow
{
  GtkListBoxRow parent;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *cause;
  GtkLabel *remedy;
  GtkWidget *remedy_box;
  GtkRevealer *revealer;
  GtkImage *arrow;
};

G_DEFINE_FINAL_TYPE (OhDoctorRow, oh_doctor_row, GTK_TYPE_LIST_BOX_ROW)

/* The sign, its colour, and the word for those who see neither. */
static const struct
{
  const char *icon, *style, *word;
} looks[OH_FINDING_N_SEVERITIES] = {
  [OH_FINDING_OK] = { "emblem-ok-symbolic", "oh-good", N_ ("Good") },
  [OH_FINDING_INFO] = { "dialog-information-symbolic", "dim-label", N_ ("For information") },
  [OH_FINDING_WARNING] = { "dialog-warning-symbolic", "oh-bad", N_ ("Warning") },
  [OH_FINDING_ERROR] = { "dialog-error-symbolic", "oh-broken", N_ ("Error") },
};

static void
update_arrow (OhDoctorRow *self)
{
  gtk_image_set_from_icon_name (self->arrow,
                                gtk_revealer_get_reveal_child (self->revealer) ? "pan-down-symbolic"
                                                                               : "pan-end-symbolic",
                                GTK_ICON_SIZE_MENU);
}

void
oh_doctor_row_toggle (OhDoctorRow *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->arrow)))
    return;
  gtk_revealer_set_reveal_child (self->revealer, !gtk_revealer_get_reveal_child (self->revealer));
  update_arrow (self);
}

static void
oh_doctor_row_class_init (OhDoctorRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/offhook/Tray/ui/doctor-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OhDoctorRow, icon);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorRow, title);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorRow, cause);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorRow, remedy);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorRow, remedy_box);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, OhDoctorRow, arrow);
}

static void
oh_doctor_row_init (OhDoctorRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The whole of it in one go, for screen readers. */
static void
set_accessible_name (OhDoctorRow *self, const OhFinding *finding)
{
  g_autofree char *name = g_strdup_printf ("%s: %s. %s %s", _ (looks[finding->severity].word),
                                           finding->title, finding->cause, finding->remedy);

  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), name);
}

GtkWidget *
oh_doctor_row_new (const OhFinding *finding)
{
  OhDoctorRow *self = g_object_new (OH_TYPE_DOCTOR_ROW, NULL);
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self->icon));
  gboolean has_more = finding->cause[0] != '\0' || finding->remedy[0] != '\0';

  gtk_image_set_from_icon_name (self->icon, looks[finding->severity].icon, GTK_ICON_SIZE_MENU);
  gtk_style_context_add_class (style, looks[finding->severity].style);
  gtk_label_set_text (self->title, finding->title);
  if (finding->severity >= OH_FINDING_WARNING)
    gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self->title)),
                                 "oh-name");
  gtk_label_set_text (self->cause, finding->cause);
  gtk_label_set_text (self->remedy, finding->remedy);
  gtk_widget_set_visible (GTK_WIDGET (self->cause), finding->cause[0] != '\0');
  gtk_widget_set_visible (self->remedy_box, finding->remedy[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->arrow), has_more);
  gtk_revealer_set_reveal_child (self->revealer,
                                 has_more && finding->severity >= OH_FINDING_WARNING);
  update_arrow (self);
  set_accessible_name (self, finding);
  return GTK_WIDGET (self);
}
