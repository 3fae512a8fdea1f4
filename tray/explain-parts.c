/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "explain-parts.h"

#include <glib/gi18n-lib.h>

/* Characters of a line, so that the list has a width of its own. */
#define LINE_CHARS 40

char *
oh_explain_parts_when (const OhExplainMessage *message)
{
  g_autoptr (GDateTime) time =
    message->time_us > 0 ? g_date_time_new_from_unix_utc (message->time_us / G_USEC_PER_SEC) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%H:%M:%S") : NULL;

  if (text == NULL)
    return g_strdup_printf ("%u", message->line);
  return g_strdup_printf ("%u  %s.%03d", message->line, text,
                          (int) (message->time_us % G_USEC_PER_SEC / 1000));
}

static const char *
severity_name (OhFindingSeverity severity)
{
  switch (severity)
    {
    case OH_FINDING_INFO: return _ ("Note");
    case OH_FINDING_WARNING: return _ ("Warning");
    case OH_FINDING_ERROR: return _ ("Error");
    case OH_FINDING_OK:
    case OH_FINDING_N_SEVERITIES:
    default: return _ ("Good");
    }
}

char *
oh_explain_parts_finding (const OhFinding *finding)
{
  /* TRANSLATORS: severity, title, cause, remedy of a finding */
  return g_strdup_printf (_ ("%s: %s. %s %s"), severity_name (finding->severity), finding->title,
                          finding->cause, finding->remedy);
}

static void
add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), LINE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), style);
  gtk_box_pack_start (GTK_BOX (box), label, FALSE, FALSE, 0);
}

GtkWidget *
oh_explain_parts_finding_box (const OhFinding *finding, const char *icon)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *image = gtk_image_new_from_icon_name (icon, GTK_ICON_SIZE_MENU);
  gboolean is_error = finding->severity == OH_FINDING_ERROR;

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (image, severity_name (finding->severity));
  if (is_error)
    gtk_style_context_add_class (gtk_widget_get_style_context (image), "oh-finding-error");
  add_label (texts, finding->title, is_error ? "oh-finding-error" : "oh-name");
  if (finding->line > 0)
    {
      g_autofree char *where = g_strdup_printf (_ ("%s, line %u"), finding->code, finding->line);

      add_label (texts, where, "dim-label");
    }
  add_label (texts, finding->cause, NULL);
  if (finding->remedy[0] != '\0')
    {
      g_autofree char *remedy = g_strdup_printf (_ ("What to do: %s"), finding->remedy);

      add_label (texts, remedy, NULL);
    }
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 9);
  gtk_widget_set_margin_end (box, 9);
  gtk_box_pack_start (GTK_BOX (box), image, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), texts, TRUE, TRUE, 0);
  return box;
}
