/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-phone.h"

G_BEGIN_DECLS

/* Hidden tags given out and not used yet; the oldest dies first. */
#define SIM_TAGS_MAX 32

SimPages *sim_pages_new (SimPhone *phone);
void sim_pages_free (SimPages *self);

/* Each returns (transfer full) a page in UTF-8. */
char *sim_page (const char *title, const char *body);
char *sim_page_blocked (SimPhone *phone, gint64 left_s);
char *sim_page_error (void);
char *sim_page_single (void);

/* Of a cordless base: its bare name is the title. */
char *sim_page_base (SimPhone *phone);
char *sim_pages_index (SimPages *self);
char *sim_pages_info (SimPages *self);

/**
 * sim_pages_settings:
 * @admin: everything; otherwise only what the user may set
 */
char *sim_pages_settings (SimPages *self, gboolean admin);

/* The two exports that the settings page links to. */
char *sim_pages_settings_xml (SimPages *self);
char *sim_pages_settings_text (SimPages *self);

/**
 * sim_pages_form:
 * @path: where it is, and where it posts to
 * @line: number of the identity, from 1
 *
 * Returns: (transfer full) (nullable): NULL when no form lives at that path
 */
char *sim_pages_form (SimPages *self, const char *path, guint line);

/**
 * sim_pages_take_tag:
 * @form: (element-type SimPair): what was posted
 *
 * Returns: whether it has the hidden tag of a page view that was not posted yet; it is used up
 */
gboolean sim_pages_take_tag (SimPages *self, GPtrArray *form);

/**
 * sim_pages_is_tag:
 *
 * Returns: whether a field of that name is no setting but the hidden tag
 */
gboolean sim_pages_is_tag (SimPages *self, const char *name);

/**
 * sim_pages_screen:
 *
 * Returns: (transfer full): the display as a BMP: a bar for each call, its colour is the state
 */
GBytes *sim_pages_screen (SimPages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimPages, sim_pages_free)

G_END_DECLS
