#!/bin/sh
# SPDX-License-Identifier: MIT
# The bundled packages keep what no loader checks: a suite is alone in its box, so the helpers of job-queue's four
# suites are copies, and copies must not drift apart.
cd "$(dirname "$0")/../.." || exit 1
echo 1..1
different=$(cd tasks/job-queue/tests && sha256sum ./*/conftest.py | cut -d ' ' -f 1 | sort -u | wc -l)
if [ "$different" = 1 ]; then
	echo "ok 1 - the suites of job-queue share one conftest.py"
else
	echo "not ok 1 - the suites of job-queue share one conftest.py"
fi
