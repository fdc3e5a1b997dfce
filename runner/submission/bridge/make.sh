#!/bin/sh
# SPDX-License-Identifier: MIT
# make.sh DIR: lays the bridges' files into DIR as the boxes find them: for Python the two programs, the package as
# source, and compiled for the system's python3 in a folder that carries its tag (cpython-311). Compiling anew for every
# suite would cost more than the suite; any other Python takes the source. For Node the files, and the two modules that
# a box begins with as scripts that the system's node has compiled; any other Node takes their source.
set -eu
to=$1
here=$(dirname "$0")
from=$here/python
rm -rf "$to/python" "$to/javascript"
mkdir -p "$to"
cp -R "$here/javascript" "$to/javascript"
mkdir -p "$to/python/source/assay_bridge"
cp "$from"/*.py "$to/python/"
cp "$from"/assay_bridge/*.py "$to/python/source/assay_bridge/"
# The seed makes the same of the same.
if [ -x /usr/bin/node ] && ! env -u NODE_OPTIONS /usr/bin/node --random-seed=1 "$here/pack.cjs" "$here/javascript/assay_bridge" \
	"$to/javascript/packed" install.cjs candidate.cjs; then
	rm -rf "$to/javascript/packed"
	echo "make.sh: /usr/bin/node can't pack the bridge for JavaScript, whose files will be loaded one by one" >&2
fi
python=/usr/bin/python3
[ -x "$python" ] || exit 0
"$python" -I -B - "$to/python" <<'END'
import os
import py_compile
import sys

top = sys.argv[1]
source = os.path.join(top, "source", "assay_bridge")
compiled = os.path.join(top, sys.implementation.cache_tag, "assay_bridge")
os.makedirs(compiled)
for name in sorted(os.listdir(source)):
    py_compile.compile(
        os.path.join(source, name),
        os.path.join(compiled, name + "c"),
        dfile="assay_bridge/" + name,
        doraise=True,
        optimize=-1,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
END
