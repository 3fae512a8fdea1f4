/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Octets of a value that is kept: Active Directory ends displayName at 256 characters. A longer
 * one is no name and no number. */
#define OH_DIRECTORY_VALUE_MAX 1024u
/* Numbers of one person; otherTelephone has any number of values. */
#define OH_DIRECTORY_NUMBERS_MAX 16u

/**
 * OhDirectoryNumber:
 * @type: (not nullable): "work", "mobile", "home" or "other"
 * @number: (owned): what to dial: RFC 3966 without the scheme, or digits
 * @display: (owned): as the directory writes it
 */
typedef struct
{
  const char *type;
  char *number;
  char *display;
} OhDirectoryNumber;

/**
 * OhDirectoryEntry:
 * @name: (owned): displayName, else cn; "" when there is none
 * @uri: (owned): msRTCSIP-PrimaryUserAddress, "sip:bob@example.org"; ""
 * @mail: (owned): ""
 * @title: (owned): ""
 * @department: (owned): ""
 * @company: (owned): ""
 * @ip_phone: (owned): ipPhone as it stands, a number or an address; ""
 * @line: (owned): msRTCSIP-Line as it stands, "tel:+4930398330;ext=330"; ""
 * @numbers: (owned) (element-type OhDirectoryNumber): work first, then mobile, home and other; no
 *   number twice
 *
 * One person of a directory. Strings are valid UTF-8 without control characters.
 */
typedef struct
{
  char *name;
  char *uri;
  char *mail;
  char *title;
  char *department;
  char *company;
  char *ip_phone;
  char *line;
  GPtrArray *numbers;
} OhDirectoryEntry;

/**
 * oh_directory_attributes:
 *
 * Returns: (transfer none) (array zero-terminated=1): the attributes that are asked for and read
 */
const char *const *oh_directory_attributes (void);

/**
 * oh_directory_entry_new:
 *
 * Returns: (transfer full): nobody yet
 */
OhDirectoryEntry *oh_directory_entry_new (void);

/**
 * oh_directory_entry_copy:
 * @self: an entry
 *
 * Returns: (transfer full): the same once more
 */
OhDirectoryEntry *oh_directory_entry_copy (const OhDirectoryEntry *self);

/**
 * oh_directory_entry_free:
 * @self: (nullable) (transfer full): an entry
 */
void oh_directory_entry_free (OhDirectoryEntry *self);

/**
 * oh_directory_entry_take:
 * @self: an entry
 * @attribute: a name of oh_directory_attributes(), in any case, options behind ";" ignored (RFC
 *   4512 2.5); others are passed over
 * @value: foreign octets
 *
 * Takes over one value of one attribute. Of those that have one value the first that is usable
 * counts, displayName before cn.
 *
 * Returns: whether it was of use
 */
gboolean oh_directory_entry_take (OhDirectoryEntry *self, const char *attribute, OhSlice value);

/**
 * oh_directory_entry_finish:
 * @self: an entry that has all its values
 *
 * Puts the numbers in order; without a name its address is its name.
 *
 * Returns: whether it is somebody: has a name, and a number or an address
 */
gboolean oh_directory_entry_finish (OhDirectoryEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhDirectoryEntry, oh_directory_entry_free)

G_END_DECLS
