/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhSearchView:
 *
 * The company's directory below the contacts, while something stands in the search field: a heading
 * with a spinner, the people, and a line that says what went wrong or that there are more. Hidden
 * where no directory is set up. People are called as contacts are.
 */
#define OH_TYPE_SEARCH_VIEW (oh_search_view_get_type ())
G_DECLARE_FINAL_TYPE (OhSearchView, oh_search_view, OH, SEARCH_VIEW, GtkBox)

/**
 * oh_search_view_set_query:
 * @self: the view
 * @typed: what stands in the search field; "" hides it
 */
void oh_search_view_set_query (OhSearchView *self, const char *typed);

/**
 * oh_search_view_call_first:
 * @self: the view
 *
 * Enter in the search field where no contact fits: calls the selected person, else the first one.
 */
void oh_search_view_call_first (OhSearchView *self);

G_END_DECLS
