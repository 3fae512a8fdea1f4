/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lines of one question. */
#define OH_ROSTER_FIELDS_MAX 2u
/* What the server keeps of a name; of an address more, but no one types that. */
#define OH_ROSTER_ENTRY_MAX 255

/**
 * OhRosterQuestion:
 * @title: of the dialog
 * @accept: of its button, with a mnemonic
 * @labels: (nullable): of the lines, with mnemonics; NULL where there is none
 * @values: (nullable): what stands there at first
 * @required: the first line must not stay empty
 * @groups: (nullable) (element-type utf8): names to choose one from; NULL for no choice
 *
 * What is asked before the contact list is changed. Borrowed.
 */
typedef struct
{
  const char *title;
  const char *accept;
  const char *labels[OH_ROSTER_FIELDS_MAX];
  const char *values[OH_ROSTER_FIELDS_MAX];
  gboolean required;
  const GPtrArray *groups;
} OhRosterQuestion;

/**
 * OhRosterAnswered:
 * @values: (array fixed-size=2): what was typed, without blanks around it; "" for no line
 * @group: what was chosen; "" for none
 * @user_data: what was given with the function
 *
 * Called once when the user accepts.
 */
typedef void (*OhRosterAnswered) (const char *const *values, const char *group, gpointer user_data);

/**
 * oh_roster_ask:
 * @parent: over which the dialog stands; ends it when it goes
 * @question: what to ask
 * @answered: called when the user accepts, not when they change their mind
 * @user_data: for @answered; must live as long as @parent
 *
 * Asks. Returns at once.
 */
void oh_roster_ask (GtkWindow *parent, const OhRosterQuestion *question, OhRosterAnswered answered,
                    gpointer user_data);

G_END_DECLS
