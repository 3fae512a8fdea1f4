/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

#include "bus-generated.h"

G_BEGIN_DECLS

/* From the proxies' values to plain ones. Everything here was written by somebody else's server or
 * phone and went through the agent; what the tray cannot use it leaves out. */

/* As many as the agent itself keeps of one server; beyond that a list is broken or hostile. */
#define OH_AGENT_MODEL_CONTACTS_MAX 20000

/**
 * oh_agent_model_read_agent:
 * @model: what is filled
 * @agent: the agent's own object
 */
void oh_agent_model_read_agent (OhTrayModel *model, OhBusAgent1 *agent);

/**
 * oh_agent_model_read_objects:
 * @model: what is filled
 * @manager: the agent's objects: phones and calls, sorted by their ids
 */
void oh_agent_model_read_objects (OhTrayModel *model, GDBusObjectManager *manager);

/**
 * oh_agent_model_read_contact:
 * @entry: of type (ssssasa(sss)a{sv}), as ListContacts gives it
 *
 * Returns: (transfer full): the contact
 */
OhTrayContact *oh_agent_model_read_contact (GVariant *entry);

G_END_DECLS
