/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

G_BEGIN_DECLS

/* Where a directory listens (RFC 4516 2), and where it does under TLS. */
#define OH_CONFIG_LDAP_PORT 389
#define OH_CONFIG_LDAPS_PORT 636
/* Of "directory-server" and "directory-base"; a base of ten levels has some hundred. Octets. */
#define OH_CONFIG_DIRECTORY_MAX 512
/* A filter in the settings longer than that is a mistake. Octets. */
#define OH_CONFIG_FILTER_MAX 1024
/* Brackets within brackets that a filter may have. */
#define OH_CONFIG_FILTER_DEPTH_MAX 16u

/**
 * OhConfigDirectory:
 * @on: there is a directory
 * @host: "" to find it by DNS
 * @port: its port; 0 with @host ""
 * @tls: TLS from the first octet
 * @base: where to search; "" for the server's default
 * @filter: which everybody has to fit, too; ""
 * @problem: (nullable): as in OhConfigAccount; a server that cannot be used is off
 *
 * The directory beyond the contact list. Strings are never NULL.
 */
typedef struct
{
  gboolean on;
  char *host;
  guint16 port;
  gboolean tls;
  char *base;
  char *filter;
  GError *problem;
} OhConfigDirectory;

/**
 * oh_config_dup_directory:
 * @self: the settings
 *
 * Returns: (transfer full): the directory as it stands
 */
OhConfigDirectory *oh_config_dup_directory (OhConfig *self);

/**
 * oh_config_read_directory:
 * @agent: settings of the schema org.offhook.Agent
 *
 * Returns: (transfer full): as oh_config_dup_directory()
 */
OhConfigDirectory *oh_config_read_directory (GSettings *agent);

/**
 * oh_config_directory_free:
 * @self: (nullable) (transfer full): a directory
 */
void oh_config_directory_free (OhConfigDirectory *self);

/**
 * oh_config_value_directory:
 * @text: "ldap[s]://host[:port][/base]"
 * @out: whose host, port, tls and, where one is written, base are set; untouched on failure
 *
 * Returns: FALSE when it is none; attributes, scope and filter of RFC 4516 are not taken
 */
gboolean oh_config_value_directory (const char *text, OhConfigDirectory *out);

/**
 * oh_config_value_is_filter:
 * @text: a text
 *
 * Looks at what holds a filter together (RFC 4515), not at attributes and values: brackets that
 * are closed by the last sign and escapes that are octets. The server says the rest.
 *
 * Returns: whether it may be put into another one
 */
gboolean oh_config_value_is_filter (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhConfigDirectory, oh_config_directory_free)

G_END_DECLS
