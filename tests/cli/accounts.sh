# SPDX-License-Identifier: MIT
# Sourced behind lib.sh: people with Unix accounts of their own, which only root can lend; for anybody else all of them
# are one account, and --as says who it is.
#
#   accounts                            # copies what they need to where they can read it
#   as ines assay session next …        # in the account of Ines
#   with_terminal ines [EXPECT KEYS]… -- assay …   # at a terminal of hers (typist.py)

# Accounts and groups that every Debian has. The company shares the workspace; who leads shares the kit with the candidate.
company=operator table=users
account_of() {
	case $1 in hana) echo mail ;; ines) echo games ;; jonas) echo news ;; petra) echo backup ;; candidate) echo proxy ;; esac
}
groups_of() {
	case $1 in candidate) echo $table ;; ines | jonas) echo $company,$table ;; *) echo $company ;; esac
}
many_accounts() { [ "$(id -u)" = 0 ]; }

accounts() {
	mkdir program && cp -R "$top/build/assay" "$top/build/assay-box" "$top/build/locale" "$top/build/reporters" \
		"$top/build/templates" "$top/build/bridge" program/ && cp "$top/tests/cli/typist.py" program/
	cp -R "$top/tests/demo" "$top/tasks" "$top/rubrics" .
	chmod -R a+rX program demo tasks rubrics
	PATH=$place/program:/usr/bin:/bin
	for person in hana ines jonas petra candidate; do
		mkdir -m 700 "home-$person"
		! many_accounts || chown "$(account_of "$person")" "home-$person"
	done
}

in_account() { # in_account PERSON COMMAND...
	person=$1 && shift
	if many_accounts; then
		setpriv --reuid="$(account_of "$person")" --regid="$(account_of "$person")" --groups="$(groups_of "$person")" \
			env HOME="$place/home-$person" TMPDIR="$place/home-$person" "$@"
	else
		HOME="$place/home-$person" TMPDIR="$place/home-$person" "$@"
	fi
}
as() { # as PERSON assay WORDS...
	if many_accounts; then
		in_account "$@"
	else
		in_account "$@" --as "$1"
	fi
}
with_terminal() { # with_terminal PERSON [EXPECT KEYS]... -- assay WORDS...
	seat=$1 && shift
	as "$seat" /usr/bin/python3 "$place/program/typist.py" "$@"
}

# A directory that is shared with a group as `session next` asks for: as chgrp, chmod and setfacl do it, without the latter,
# which isn't everywhere.
share() { # share DIR GROUP
	chgrp "$2" "$1" && chmod 2770 "$1" && /usr/bin/python3 -c '
import os, struct, sys
entries = [(1, 7), (4, 7), (0x20, 0)]
try:
    os.setxattr(sys.argv[1], "system.posix_acl_default", struct.pack("<I", 2) + b"".join(struct.pack("<HHI", t, r, 2**32 - 1) for t, r in entries))
except OSError as e:
    if e.errno != 95: raise' "$1"
}
