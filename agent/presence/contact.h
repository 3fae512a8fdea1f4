/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "presence.h"

G_BEGIN_DECLS

/* What text/category-xml.h makes of a categories document; opaque to all who only look. */
typedef struct _OhCategories OhCategories;

/**
 * OhContactNumber:
 * @type: (not nullable): "work", "mobile", "home" or "other", never anything else
 * @number: what to dial: RFC 3966 without the scheme, "+4930398330" or "+4930398330;ext=12", or
 *   plain digits where the server has not normalised it
 * @display: how the directory writes it; @number where it writes nothing
 *
 * One telephone number of a contact.
 */
typedef struct
{
  const char *type;
  char *number;
  char *display;
} OhContactNumber;

/**
 * OhContact:
 *
 * A person of the contact list. Properties (read only, each notifies): "uri", "name", "groups"
 * (GStrv of group names), "presence" (OhPresence); "numbers" notifies without a value, read it
 * with oh_contact_numbers(). Whoever shows thousands listens to OhContacts::contact-changed
 * instead, which comes once per change.
 */
#define OH_TYPE_CONTACT (oh_contact_get_type ())
G_DECLARE_FINAL_TYPE (OhContact, oh_contact, OH, CONTACT, GObject)

/**
 * oh_contact_uri:
 * @self: a contact
 *
 * Returns: (transfer none): the address with its scheme, "sip:bob@example.org", letters as the
 *   server wrote them
 */
const char *oh_contact_uri (OhContact *self);

/**
 * oh_contact_name:
 * @self: a contact
 *
 * Returns: (transfer none): the name the user gave, else that of the card, else the address
 *   without its scheme; never empty
 */
const char *oh_contact_name (OhContact *self);

/**
 * oh_contact_groups:
 * @self: a contact
 *
 * Returns: (transfer none): names of the groups it is in; empty for the default group
 */
const char *const *oh_contact_groups (OhContact *self);

/**
 * oh_contact_presence:
 * @self: a contact
 *
 * Returns: (transfer none): how the person is; "unknown" until the server has said something
 */
OhPresence *oh_contact_presence (OhContact *self);

/**
 * oh_contact_mail:
 * @self: a contact
 *
 * Returns: (transfer none): the mail address of the card; "" when it has none
 */
const char *oh_contact_mail (OhContact *self);

/**
 * oh_contact_numbers:
 * @self: a contact
 *
 * Returns: (transfer none) (element-type OhContactNumber): work numbers first, then mobile, home
 *   and other; no number twice
 */
GPtrArray *oh_contact_numbers (OhContact *self);

G_END_DECLS
