/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

G_BEGIN_DECLS

/* A menu that does not fit the screen cannot be read; the window lists the rest. */
#define OH_MENU_CONTACTS_MAX 12
/* As many numbers as people have; more is a broken address book. */
#define OH_MENU_NUMBERS_MAX 8
/* A desk phone has some lines, not dozens. */
#define OH_MENU_CALLS_MAX 4
/* Likewise phones in trouble. */
#define OH_MENU_PHONES_MAX 3
/* Characters of a line of words; what is longer is broken, because no host wraps. */
#define OH_MENU_COLUMNS 56

/**
 * OhMenuKind:
 * @OH_MENU_SEPARATOR: a line between groups
 * @OH_MENU_TEXT: words only
 * @OH_MENU_ITEM: does something
 * @OH_MENU_RADIO: one of several, @checked or not
 * @OH_MENU_SUBMENU: opens @children
 */
typedef enum
{
  OH_MENU_SEPARATOR,
  OH_MENU_TEXT,
  OH_MENU_ITEM,
  OH_MENU_RADIO,
  OH_MENU_SUBMENU,
} OhMenuKind;

/**
 * OhMenuLine:
 *
 * One line, ready to be drawn by whoever draws: the tray's host or our own window.
 */
typedef struct
{
  OhMenuKind kind;
  char *label;        /* (owned) (nullable): plain text, no mnemonic */
  const char *icon;   /* (unowned) (nullable): name in the icon theme, static */
  const char *action; /* (unowned) (nullable): name of an action of the application, static */
  char *target;     /* (owned) (nullable): the action's parameter; of a SUBMENU what it is about */
  gboolean checked; /* of a RADIO */
  gboolean impossible; /* of an ITEM: shown, and cannot be chosen */
  GPtrArray *children; /* (owned) (nullable) (element-type OhMenuLine): of a SUBMENU */
} OhMenuLine;

/**
 * oh_menu_lines:
 * @model: what is known
 *
 * The whole menu of the tray icon. The first line always says the state in words, because some
 * hosts show no tooltip. Pure.
 *
 * Returns: (transfer full) (element-type OhMenuLine): from top to bottom
 */
GPtrArray *oh_menu_lines (const OhTrayModel *model);

/**
 * oh_menu_presence_lines:
 * @model: what is known
 *
 * Returns: (transfer full) (element-type OhMenuLine): what one can say of oneself
 */
GPtrArray *oh_menu_presence_lines (const OhTrayModel *model);

/**
 * oh_menu_number_lines:
 * @contact: a contact
 *
 * Returns: (transfer full) (element-type OhMenuLine): one entry per number; one of words where
 *   there is none
 */
GPtrArray *oh_menu_number_lines (const OhTrayContact *contact);

/**
 * oh_menu_lines_equal:
 * @a: (element-type OhMenuLine): a menu
 * @b: (element-type OhMenuLine): another
 *
 * Returns: whether a user would see no difference
 */
gboolean oh_menu_lines_equal (const GPtrArray *a, const GPtrArray *b);

G_END_DECLS
