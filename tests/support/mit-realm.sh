#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A Kerberos realm for tests: MIT's KDC on a loopback port of the kernel's choice, as any user, in
# a fraction of a second.
#
#   mit-realm.sh start DIR     makes the realm, starts the KDC, prints what to export
#   mit-realm.sh stop DIR      ends that KDC
#
#   eval "$(mit-realm.sh start DIR)"; echo 'Passw0rd!' | kinit alice
#
# Realm FABRIKAM.TEST; alice, bob and carol with the password Passw0rd! (or REALM_PASSWORD); locked,
# gone and stale, whose account is disabled, has ended, or has an expired password; DIR/sip.keytab with
# sip/fe1.fabrikam.test (or the host names in REALM_HOSTS), DIR/krb5.conf, DIR/kdc.pid,
# DIR/port, and DIR/ntlm-users with the same people for gss-ntlmssp, in all forms of a login, and
# könig with the password Pässw0rd!1.
# REALM_ENCTYPES chooses the long-term keys, for example "arcfour-hmac:normal"; REALM_SESSION what
# clients ask for as session keys, for example "arcfour-hmac"; together they are an old domain.
# REALM_PRIMARY=yes adds a second KDC on 127.0.0.2 and calls it the primary one.
# REALM_TICKET_LIFE, such as "30s", makes tickets that end soon; they can be renewed for a day. As in
# an Active Directory, the KDC wants a proof of the password before it gives a ticket.
set -eu

PATH=$PATH:/usr/sbin
export PATH
action=$1
dir=$2
realm=FABRIKAM.TEST
password=${REALM_PASSWORD:-Passw0rd!}
hosts=${REALM_HOSTS:-fe1.fabrikam.test}
enctypes=${REALM_ENCTYPES:-aes256-cts-hmac-sha1-96:normal aes128-cts-hmac-sha1-96:normal}
life=${REALM_TICKET_LIFE:-10h}

stop() {
  for pid in "$dir/kdc.pid" "$dir/primary.pid"; do
    if [ -f "$pid" ]; then
      kill "$(cat "$pid")" 2>/dev/null || :
      rm -f "$pid"
    fi
  done
}

session_lines() {
  [ -z "${REALM_SESSION:-}" ] ||
    printf '  default_tkt_enctypes = %s\n  default_tgs_enctypes = %s\n' "$REALM_SESSION" "$REALM_SESSION"
}

primary_line() {
  [ -z "${REALM_PRIMARY:-}" ] || printf '    primary_kdc = 127.0.0.2:%s\n' "$port"
}

write_config() {
  cat >"$dir/krb5.conf" <<X
[libdefaults]
  default_realm = $realm
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
  allow_weak_crypto = false
  allow_rc4 = true
  default_ccache_name = FILE:$dir/ccache
  default_keytab_name = FILE:$dir/sip.keytab
$(session_lines)
[realms]
  $realm = {
    kdc = 127.0.0.1:$port
$(primary_line)
  }
[domain_realm]
  .fabrikam.test = $realm
  fabrikam.test = $realm
  .localhost = $realm
X
  cat >"$dir/kdc.conf" <<X
[kdcdefaults]
  kdc_listen = 127.0.0.1:$port
  kdc_tcp_listen = 127.0.0.1:$port
[realms]
  $realm = {
    database_name = $dir/principal
    key_stash_file = $dir/stash
    acl_file = $dir/kadm5.acl
    max_life = $life
    max_renewable_life = 1d
    default_principal_flags = +preauth
    supported_enctypes = $enctypes
  }
[logging]
  kdc = FILE:$dir/kdc.log
X
}

# A port that is free now; somebody may take it before the KDC does.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Same database, same log, same port, another address.
start_primary() {
  sed 's/127\.0\.0\.1/127.0.0.2/' "$dir/kdc.conf" >"$dir/primary.conf"
  KRB5_KDC_PROFILE=$dir/primary.conf krb5kdc -P "$dir/primary.pid"
}

# How many listen on it: krb5kdc does not mind to share a port with another one.
listeners() {
  awk -v "place=$(printf '0100007F:%04X' "$port")" \
    '$2 == place && $4 == "0A" { n++ } END { print n + 0 }' /proc/net/tcp
}

start_kdc() {
  for attempt in 1 2 3 4 5; do
    port=$(free_port)
    write_config
    # It goes to the background when it listens, so nothing has to be waited for.
    if krb5kdc -P "$dir/kdc.pid" 2>"$dir/kdc.err"; then
      [ "$(listeners)" -ne 1 ] || return 0
      stop
    fi
  done
  echo "mit-realm.sh: the KDC does not start, $attempt attempts" >&2
  cat "$dir/kdc.err" >&2
  return 1
}

make_database() {
  port=0
  write_config
  kdb5_util create -s -r "$realm" -P masterpw >"$dir/setup.log" 2>&1
  {
    for user in alice bob carol; do
      echo "addprinc -pw $password $user"
      # A user principal name whose suffix is no realm (enterprise name, RFC 6806 5).
      echo "addprinc -pw $password $user\\@users.fabrikam.example"
    done
    # Disabled, past its end, and with a password that has to be changed first.
    echo "addprinc -pw $password -allow_tix locked"
    echo "addprinc -pw $password -expire 2020-01-01 gone"
    echo "addprinc -pw $password -pwexpire 2020-01-01 stale"
    for host in $hosts; do
      echo "addprinc -randkey sip/$host"
      echo "ktadd -k $dir/sip.keytab sip/$host"
    done
  } | kadmin.local -r "$realm" >>"$dir/setup.log" 2>&1
  for user in alice bob carol; do
    # gss-ntlmssp takes the domain as spelled here and no other: every form that a login has.
    for domain in FABRIKAM fabrikam.test FABRIKAM.TEST; do
      echo "$domain:$user:$password"
    done
    echo ":$user@fabrikam.test:$password"
    echo ":$user:$password"
  done >"$dir/ntlm-users"
  # Letters outside ASCII: the name is upper-cased before it is hashed.
  echo "FABRIKAM:könig:Pässw0rd!1" >>"$dir/ntlm-users"
}

case $action in
  start)
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    umask 077
    KRB5_CONFIG=$dir/krb5.conf
    KRB5_KDC_PROFILE=$dir/kdc.conf
    export KRB5_CONFIG KRB5_KDC_PROFILE
    stop
    [ -f "$dir/principal" ] || make_database
    start_kdc
    [ -z "${REALM_PRIMARY:-}" ] || start_primary
    echo "$port" >"$dir/port"
    printf 'export KRB5_CONFIG=%s\nexport KRB5CCNAME=FILE:%s/ccache\n' "$dir/krb5.conf" "$dir"
    ;;
  stop)
    stop
    ;;
  *)
    echo "usage: mit-realm.sh start|stop DIR" >&2
    exit 2
    ;;
esac
