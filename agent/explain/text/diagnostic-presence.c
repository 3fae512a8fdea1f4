/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "diagnostic-table.h"

#include <glib/gi18n-lib.h>

/* Subscriptions, publications, contacts. */
const OhDiagnosticCode oh_diagnostic_presence_rows[] = {
  { "list-stale", OH_FINDING_WARNING, N_ ("The client's list is out of date"),
    N_ ("Diagnostics 2000, 2001 or 2002: a subscriber, contact or group named in the request does "
        "not exist any more."),
    N_ ("Nothing: the client reads its list anew. Sign out and in if it stays.") },
  { "publication-read-only", OH_FINDING_WARNING, N_ ("A publication belongs to the server"),
    N_ ("Diagnostics 2003: the client tried to overwrite data that only the server may publish."),
    N_ ("Report it with this trace.") },
  { "watcher-not-authorised", OH_FINDING_INFO, N_ ("The contact does not show their presence"),
    N_ ("Diagnostics 2004: the contact has blocked this user or this company."), "" },
  { "own-address-unknown", OH_FINDING_ERROR, N_ ("The user of the From address is not found"),
    N_ ("Diagnostics 2005: the presence server does not know the user who is signed in."),
    N_ ("Sign in again. If it stays: administrator, Get-CsUser and the user replicator.") },
  { "presence-limit", OH_FINDING_ERROR, N_ ("A limit of the presence server is reached"),
    N_ ("Diagnostics 2006, 2007, 2008 or 2012: too many members of an access level, contacts, "
        "groups or subscriptions to categories."),
    N_ ("Remove contacts or groups. Administrator: Get-CsPresencePolicy, Get-CsUserServices"
        "Configuration.") },
  { "publication-too-large", OH_FINDING_WARNING, N_ ("What was published is too long"),
    N_ ("Diagnostics 2009 or 2010: an extension or a category beyond the server's size limit."),
    N_ ("Shorten the note or the text that was published.") },
  { "subscription-limit", OH_FINDING_WARNING, N_ ("Too many subscriptions of one user"),
    N_ ("Diagnostics 2011: the limit of delivery contexts for each subscriber."),
    N_ ("Sign out on devices that are not used.") },
  { "categories-extension-missing", OH_FINDING_ERROR, N_ ("A request lacks msrtc-event-categories"),
    N_ ("Diagnostics 2013: the server requires the extension. A fault of the client."),
    N_ ("Report it with this trace.") },
  { "subscription-gone", OH_FINDING_INFO, N_ ("A subscription has expired"),
    N_ ("481, or diagnostics 2014: the subscription's dialog does not exist any more."),
    N_ ("Nothing: the client subscribes anew.") },
  { "group-name-taken", OH_FINDING_WARNING, N_ ("There is a group of this name"),
    N_ ("Diagnostics 2015."), N_ ("Choose another name.") },
  { "subscription-renewal", OH_FINDING_INFO, N_ ("The server asks for a new subscription"),
    N_ ("Diagnostics 2016: the server cannot continue the old one."),
    N_ ("Nothing: the client subscribes anew.") },
  { "subscription-replaced", OH_FINDING_INFO, N_ ("A subscription was replaced by a newer one"),
    N_ ("Diagnostics 2139: the same client subscribed twice, the new dialog took over."), "" },
  { "list-entry-bad", OH_FINDING_WARNING, N_ ("The server refuses a subscription as malformed"),
    N_ ("400 to a subscription: an address in the list that the server cannot read makes the whole "
        "batch fail."),
    N_ ("Correct or remove the contact that the request names; the client finds it by halving "
        "the batch.") },
  { "contact-gone", OH_FINDING_INFO, N_ ("The contact does not exist any more"),
    N_ ("404, or diagnostics 4005, to a subscription: the contact has left the company, or the "
        "address is misspelt."),
    N_ ("Remove the contact or correct the address.") },
  { "partner-unreachable", OH_FINDING_WARNING, N_ ("The contact's server cannot be reached"),
    N_ ("408 or 504 to a subscription."), N_ ("Nothing: the client tries again later.") },
  { "publication-conflict", OH_FINDING_INFO, N_ ("A publication met another version"),
    N_ ("409 (WrongDelta): another endpoint published in between, so the version was old."),
    N_ ("Nothing: the client takes the version from the answer and publishes again. Endless, it "
        "means that the subscription to its own data has expired: sign out and in.") },
  { "contact-list-conflict", OH_FINDING_INFO, N_ ("The contact list changed in between"),
    N_ ("409 or 500 with a SOAP fault: deltaNum is old."),
    N_ ("Nothing: the client reads the list again and repeats the change once.") },
  { "package-unknown", OH_FINDING_WARNING, N_ ("The server does not know this event package"),
    N_ ("415 or 489 to a subscription: an older server without enhanced presence."),
    N_ ("Nothing: the client uses the older form.") },
  { "contact-offline", OH_FINDING_INFO, N_ ("The contact is offline"),
    N_ ("480 to a subscription: not signed in, or homed nowhere."), "" },
  { "contacts-in-exchange", OH_FINDING_INFO, N_ ("The contact list is in Exchange"),
    N_ ("488 to the subscription to the contact list: the user's contacts were moved to the "
        "unified contact store."),
    N_ ("Add contacts in Outlook, or the administrator rolls the user back "
        "(Invoke-CsUcsRollback).") },
  { "delegate-other-deployment", OH_FINDING_ERROR, N_ ("Delegates must be in the same deployment"),
    N_ ("Diagnostics 4268: one of the two is on the company's servers, the other in the cloud."),
    N_ ("Administrator: home both users in the same deployment.") },
  { "subscription-silent", OH_FINDING_INFO, N_ ("Accepted, but never a notification"),
    N_ ("The subscription was answered 200 or 202 and no NOTIFY followed in this trace: the "
        "partner denies silently."),
    N_ ("Nothing: the contact's presence stays unknown.") },
  { NULL },
};
