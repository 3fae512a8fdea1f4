#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# An Active Directory domain for tests: Samba's domain controller with its KDC, DNS and winbind, in
# a network and mount namespace of its own, so that its fixed ports, its sockets and its name server
# meet nobody else's. As root; about ten seconds.
#
#   ad-realm.sh start DIR             makes the domain, returns when it answers
#   ad-realm.sh enter DIR COMMAND...  runs a command in its namespaces
#   ad-realm.sh stop DIR              ends it; the namespaces go with the last process in them
#
# Domain FABRIKAM, realm FABRIKAM.TEST, controller dc1.fabrikam.test, all names on 10.99.0.1. Three
# wrong passwords lock an account. Users, with the password Passw0rd! unless said:
#   alice, bob    nothing special; their entries have numbers
#   könig         Pässw0rd!1: letters outside ASCII
#   aberg         user principal name anna.berg@mail.example: its suffix is no realm
#   locked, disabled, expired, mustchange   what their names say; "locked" is after "lock" below
#   svc-ocs       has sip/fe1.fabrikam.test, the key is in DIR/sip.keytab
#   svc-old       has sip/fe2.fabrikam.test, RC4 only
# DIR/krb5.conf is the client's, DIR/smb.conf the server's.
set -eu

address=10.99.0.1
realm=FABRIKAM.TEST
action=$1
dir=$2
shift 2

enter() {
  exec nsenter --target "$(cat "$dir/samba.pid")" --mount --net -- "$@"
}

# Everything below runs inside the namespaces.

network() {
  ip link set lo up
  ip addr add "$address/32" dev lo
  mkdir -p /run/samba
  mount -t tmpfs tmpfs /run/samba
  printf 'search fabrikam.test\nnameserver %s\n' "$address" >"$dir/resolv.conf"
  printf '127.0.0.1 localhost\n%s dc1.fabrikam.test dc1\n' "$address" >"$dir/hosts"
  mount --bind "$dir/resolv.conf" /etc/resolv.conf
  mount --bind "$dir/hosts" /etc/hosts
}

provision() {
  samba-tool domain provision --targetdir="$dir" --realm="$realm" --domain=FABRIKAM \
    --server-role=dc --dns-backend=SAMBA_INTERNAL --adminpass='Adm1nPass!' --host-name=dc1 \
    --host-ip="$address" --option='interfaces=lo' --option='bind interfaces only=yes'
  mkdir -p "$dir/log"
  cat >"$dir/smb.conf" <<X
[global]
  netbios name = DC1
  realm = $realm
  workgroup = FABRIKAM
  server role = active directory domain controller
  interfaces = 127.0.0.1 $address
  bind interfaces only = yes
  lock directory = $dir
  state directory = $dir/state
  cache directory = $dir/cache
  private dir = $dir/private
  binddns dir = $dir/bind-dns
  pid directory = $dir
  log file = $dir/log/%m.log
  log level = 1 auth_audit:3
  server services = rpc, ldap, cldap, kdc, winbindd, dns
  disable netbios = yes
  smb ports = 445
  dns update command = /bin/true
  spn update command = /bin/true
  gpo update command = /bin/true
  load printers = no
  printing = bsd
X
}

# One interpreter instead of a samba-tool for each.
people() {
  /usr/bin/python3 - "$dir" <<'X'
import sys
import ldb
from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB

folder = sys.argv[1]
lp = LoadParm()
lp.load(folder + "/smb.conf")
sam = SamDB(url=folder + "/private/sam.ldb", session_info=system_session(), lp=lp)
base = str(sam.domain_dn())
dn = lambda name: "CN=%s,CN=Users,%s" % (name, base)


def put(where, **values):
    """Replaces attributes of an object."""
    message = ldb.Message(ldb.Dn(sam, where))
    for name, value in values.items():
        message[name] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, name)
    sam.modify(message)


minute = 60 * 10_000_000
put(base, lockoutThreshold="3", lockoutDuration=str(-30 * minute), lockOutObservationWindow=str(-30 * minute),
    minPwdAge="0")
for name in ("alice", "bob", "aberg", "locked", "disabled", "expired", "mustchange"):
    sam.newuser(name, "Passw0rd!", useusernameascn=True)
sam.newuser("könig", "Pässw0rd!1", useusernameascn=True)
# what samba_spnupdate would do: the directory's own service
controller = ldb.Message(ldb.Dn(sam, "CN=DC1,OU=Domain Controllers," + base))
controller["spn"] = ldb.MessageElement("ldap/dc1.fabrikam.test", ldb.FLAG_MOD_ADD, "servicePrincipalName")
sam.modify(controller)
put(dn("alice"), ipPhone="snom-alice", mail="alice@fabrikam.test", telephoneNumber="+49 30 398-100")
put(dn("bob"), displayName="Bäcker, Robert", givenName="Robert", sn="Bäcker", mail="bob@fabrikam.test",
    telephoneNumber="+49 30 398-4711", mobile="+49 170 1234567", ipPhone="4711", department="Purchase",
    company="Fabrikam")
put(dn("aberg"), userPrincipalName="anna.berg@mail.example")
put(dn("expired"), accountExpires="130000000000000000")  # in 2012
put(dn("mustchange"), pwdLastSet="0")
sam.disable_account("(sAMAccountName=disabled)")
# 28: RC4 and both AES; the keys are made when the password is set, so that comes after it
for name, host, types in (("svc-ocs", "fe1", "28"), ("svc-old", "fe2", "4")):
    sam.newuser(name, "Svc0cs!pw", useusernameascn=True)
    put(dn(name), **{"msDS-SupportedEncryptionTypes": types,
                     "servicePrincipalName": "sip/%s.fabrikam.test" % host})
    sam.setpassword("(sAMAccountName=%s)" % name, "Svc0cs!pw2")
X
}

keytabs() {
  for host in fe1 fe2; do
    samba-tool domain exportkeytab "$dir/sip.keytab" --principal="sip/$host.fabrikam.test" \
      -s "$dir/smb.conf"
  done
  cat >"$dir/krb5.conf" <<X
[libdefaults]
  default_realm = $realm
  dns_lookup_kdc = true
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  allow_rc4 = true
  default_ccache_name = FILE:$dir/ccache
[domain_realm]
  .fabrikam.test = $realm
X
}

# Asked again and again, there is no event; a second and a half on an idle machine.
await() {
  tries=0
  until wbinfo -t >/dev/null 2>&1 && ss -Hltn "sport = :389" | grep -q .; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { echo "ad-realm.sh: the domain does not answer" >&2; exit 1; }
    sleep 0.1
  done
}

records() {
  for host in fe1 fe2; do
    samba-tool dns add dc1.fabrikam.test fabrikam.test "$host" A "$address" \
      -U 'Administrator%Adm1nPass!' -s "$dir/smb.conf"
  done
  samba-tool dns add dc1.fabrikam.test fabrikam.test _sipinternaltls._tcp SRV \
    'fe1.fabrikam.test 5061 0 0' -U 'Administrator%Adm1nPass!' -s "$dir/smb.conf"
}

inside() {
  network
  provision
  people
  keytabs
  setsid samba -D -s "$dir/smb.conf"
  await
  records
}

case $action in
  start)
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    [ "$(id -u)" = 0 ] || { echo "ad-realm.sh: needs root for its namespaces" >&2; exit 1; }
    unshare --mount --net -- "$0" inside "$dir" >"$dir/setup.log" 2>&1 || {
      tail -n 20 "$dir/setup.log" >&2
      exit 1
    }
    ;;
  inside) inside ;;
  enter) enter "$@" ;;
  stop)
    if [ -f "$dir/samba.pid" ]; then
      pid=$(cat "$dir/samba.pid")
      kill "$pid" 2>/dev/null || :
      timeout 30 tail --pid="$pid" -f /dev/null || :
    fi
    ;;
  *)
    echo "usage: ad-realm.sh start|stop DIR | enter DIR COMMAND..." >&2
    exit 2
    ;;
esac
