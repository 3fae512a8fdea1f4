/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "account.h"
#include "agent.h"
#include "bus-server.h"
#include "bus-trace.h"
#include "call-history.h"
#include "call-journal.h"
#include "doctor.h"
#include "own-use.h"
#include "phone-finding.h"
#include "phone-set.h"
#include "roster.h"
#include "searching.h"
#include "session-lock.h"
#include "surroundings.h"

G_BEGIN_DECLS

/* The parts of the root, for the files that together are it: agent.c builds, joins and takes apart;
 * agent-hosts.c answers what bus and doctor ask of it; agent-provisioning.c joins what the server
 * provisions with. */
struct _OhAgent
{
  GObject parent_instance;

  char *installation; /* (owned) */

  /* In the order in which they are made; taken apart in reverse. */
  OhConfig *config;
  OhSecrets *secrets;
  OhContacts *contacts;
  OhSubscription *subscription;
  OhPublication *publication;
  OhCallList *calls;
  OhDialler *dialler;
  OhCallHistory *history;
  OhSnomListener *listener;
  OhCallJournal *journal;
  OhProvisioner *provisioner;
  OhBusServer *server;
  OhAccount *account;
  OhRoster *roster;
  OhSearching *searching;
  OhPhoneFinding *finding;
  OhDoctor *doctor;
  OhBusService *service;
  OhRecorder *recorder;
  OhBusTrace *trace;
  OhDndJoint *dnd;
  OhPhoneSet *phones;           /* (nullable): from start to stop */
  OhSessionLock *lock;          /* (nullable): from start to stop */
  OhSurroundings *surroundings; /* (nullable): until stop */
  OhOwnUse *own_use;            /* (nullable): until stop */

  char *noted; /* (owned) (nullable): of the account, what a trace was told last */
  gboolean stopping;
  guint parts_left; /* while stopping: phones, account, history */
  gboolean taken;   /* another agent is at work: what stands at phones and server is now its own */
};

/* What the bus asks of the root; the data is the OhAgent. */
extern const OhBusHost oh_agent_bus_host;

/* What the doctor asks of the root; the data is the OhAgent. */
extern const OhDoctorHost oh_agent_doctor_host;

/**
 * oh_agent_build_provisioning:
 * @self: the root, with its settings
 *
 * Builds what the server provisions with, and its place on the bus.
 */
void oh_agent_build_provisioning (OhAgent *self);

/**
 * oh_agent_apply_numbers:
 * @self: the root
 *
 * Settings, company or server have other rules for numbers: the dialler takes them.
 */
void oh_agent_apply_numbers (OhAgent *self);

/**
 * oh_agent_see_numbers:
 * @host: the root
 * @judge: as OhDoctorHost
 * @findings: for @judge
 */
void oh_agent_see_numbers (gpointer host, OhDoctorNumbersFunc judge, GPtrArray *findings);

G_END_DECLS
